// Prices a cart by a shop's own rules: node price.mjs http://127.0.0.1:8080 2x1 1x4
//
// The shop's catalogue and rules come once, by REST; from then on the module prices as many carts as you like without
// the network. The server is asked as well, to show that it says the same.
import { is_error, load } from 'cartwright';
import { en, explain } from 'cartwright/explain';

const [shop_url, ...wanted] = process.argv.slice(2);
const lines = wanted.map((text) => {
  const [quantity, variant_id] = text.split('x').map(Number);
  return { variant_id, quantity };
});

async function ask(path, body) {
  const post = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(`${shop_url}/api/v1${path}`, body && post);
  const answer = await response.json();
  if (!response.ok) throw new Error(`${path}: ${answer.code} ${answer.detail}`);
  return answer;
}

const snapshot = await ask('/snapshot');
const shop = (await load()).open({ shop: snapshot.shop, variants: snapshot.variants, promotions: snapshot.promotions });
if (is_error(shop)) throw new Error(`this module is older than the shop: ${shop.error.code} at ${shop.error.path}`);

const quote = shop.quote({ now: snapshot.now, lines });
if (is_error(quote)) throw new Error(`${quote.error.code} at ${quote.error.path}`);

const say = explain(en, snapshot);
const names = new Map(snapshot.labels.map((label) => [label.variant_id, `${label.name.en} ${label.options.en}`.trim()]));
for (const line of quote.lines) {
  const problems = line.problems.map(say.problem).join(' ');
  console.log(`${line.quantity} x ${names.get(line.variant_id) ?? line.variant_id}: ${say.money(line.net)} ${problems}`.trimEnd());
}
for (const applied of quote.applied) console.log(say.applied(applied));
console.log(`Shipping: ${say.money(quote.shipping_fee - quote.shipping_discount)}`);
console.log(`Total: ${say.money(quote.total)}`);

const answer = await ask('/quotes', { lines, choice: { mode: 'none' } });
console.log(answer.fingerprint === quote.fingerprint ? 'The server says the same.' : `The server says ${say.money(answer.total)}.`);
