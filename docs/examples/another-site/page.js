// The reader fills a cart here as a guest, and signs in at the shop to have it there too, on every device.
import './node_modules/cartwright/dist/cart_element.js';

const cart = document.querySelector('cartwright-cart');
const form = document.querySelector('#sign-in');
const outcome = document.querySelector('#outcome');
const shop = cart.getAttribute('shop');

cart.addEventListener('cartwright-checkout', (event) => {
  event.preventDefault();
  form.hidden = false;
  form.elements.email.focus();
});

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { email, password } = Object.fromEntries(new FormData(form));
  const response = await fetch(`${shop}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ email, password, session: 'token' }),
  }).catch(() => null);
  if (!response?.ok) {
    outcome.textContent = response?.status === 401 ? '이메일이나 비밀번호가 맞지 않아요.' : '지금은 상점에 연결할 수 없어요.';
    return;
  }
  const { token } = await response.json();
  await cart.sign_in(token); // from now on it is the account's cart
  form.hidden = true;
  outcome.replaceChildren('상점의 장바구니에 담았어요. ', link(`${shop}/cart`, '상점에서 주문하기'));
});

function link(href, text) {
  return Object.assign(document.createElement('a'), { href, textContent: text });
}
