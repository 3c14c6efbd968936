// Hands the reader's cart over to the shop, where it is paid.
import './node_modules/cartwright/dist/cart_element.js';

const cart = document.querySelector('cartwright-cart');
const form = document.querySelector('#sign-in');
const outcome = document.querySelector('#outcome');
const api = `${cart.getAttribute('shop')}/api/v1`;

async function post(path, body, token) {
  const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) };
  const response = await fetch(api + path, { method: 'POST', headers, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.code);
  return answer;
}

cart.addEventListener('cartwright-checkout', (event) => {
  event.preventDefault();
  form.hidden = false;
  form.elements.email.focus();
});

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { email, password } = Object.fromEntries(new FormData(form));
  try {
    const { token } = await post('/auth/login', { email, password, session: 'token' });
    // One edit of the account's cart, as a device of its own: its lines stay, these come on top.
    const merge = { id: 1, name: 'merge', args: { lines: cart.lines } };
    await post('/sync', { client_id: crypto.randomUUID(), mutations: [merge] }, token);
    await cart.clear();
    form.hidden = true;
    outcome.replaceChildren('상점의 장바구니에 담았어요. ', link(`${cart.getAttribute('shop')}/cart`, '상점에서 주문하기'));
  } catch (error) {
    outcome.textContent = error.message === 'invalid_credentials' ? '이메일이나 비밀번호가 맞지 않아요.' : '지금은 상점에 연결할 수 없어요.';
  }
});

function link(href, text) {
  return Object.assign(document.createElement('a'), { href, textContent: text });
}
