import { useEffect, useState } from 'preact/hooks';
import type { Product, ProductVariant } from '../api_types';
import { Stepper } from '../components/form';
import { Icon } from '../components/icons';
import { Empty, Loading, Picture, Price, ProblemState, show_toast, Skeleton, useSettled, useTitle } from '../components/ui';
import { text, words } from '../i18n';
import { money } from '../i18n/format';
import { navigate } from '../router';
import { cart, client, shop } from '../state/shop';
import { useResource } from '../state/resource';
import { find_variant, first_choice, value_state, type Chosen } from '../store/options';

const FEW = 5;

export function ProductPage({ name: handle }: { name: string }) {
  const product = useResource<Product>(`/products/${encodeURIComponent(handle)}`);
  useSettled(Boolean(product.data));
  useEffect(() => client.live.on('stock', ({ variant_id, stock }) => {
    const { data } = product;
    if (!data?.variants.some((variant) => variant.id === variant_id)) return;
    product.replace({ ...data, variants: data.variants.map((v) => (v.id === variant_id ? { ...v, stock } : v)) });
  }), [product.data]);
  useEffect(() => client.live.on('poll', product.reload), [handle]);
  useTitle(product.data ? text(product.data.name) : '');
  if (product.data) return <Detail key={product.data.id} product={product.data} />;
  if (product.problem?.code === 'not_found') {
    return <Empty page icon="shop" title={words().product.gone}><a class="button" href="/products">{words().nav.products}</a></Empty>;
  }
  if (product.problem) return <ProblemState page problem={product.problem} retry={product.reload} />;
  return <div class="product"><Loading /><Skeleton kind="block" /><div><Skeleton kind="text" count={5} /></div></div>;
}

function Detail({ product }: { product: Product }) {
  const say = words();
  const [chosen, set_chosen] = useState<Chosen>(() => first_choice(product));
  const [quantity, set_quantity] = useState(1);
  const variant = find_variant(product, chosen);
  const prices = product.variants.filter((v) => v.active).map((v) => v.unit_price);
  const low = Math.min(...prices);
  const price = variant?.unit_price ?? low;
  const compare_at = variant ? variant.compare_at : (product.variants.find((v) => v.unit_price === low)?.compare_at ?? null);
  const sold_out = product.variants.every((v) => !v.active || v.stock === 0);
  const limit = variant ? Math.min(variant.stock, variant.max_quantity || variant.stock) : 99;
  useEffect(() => {
    if (variant && limit > 0 && quantity > limit) set_quantity(limit);
  }, [limit]);

  const ready = (): ProductVariant | null => {
    if (!variant) {
      const option = product.options[chosen.indexOf(null)];
      show_toast(option ? say.product.choose(text(option.name)) : say.product.choose_first);
      document.getElementById(`option-${chosen.indexOf(null)}`)?.focus();
      return null;
    }
    return variant;
  };
  const add = async (): Promise<void> => {
    const which = ready();
    if (!which) return;
    const done = await client.edit({ name: 'add', variant_id: which.id, quantity });
    if (!done) return show_toast(say.product.not_ready, { tone: 'bad' });
    show_toast(say.product.added, { action: { label: say.product.go_cart, run: () => navigate('/cart') } });
  };
  const buy = (): void => {
    const which = ready();
    if (which) navigate(`/checkout?variant=${which.id}&quantity=${quantity}`);
  };
  const cannot = sold_out || (variant !== undefined && (variant.stock === 0 || !variant.active));
  const in_cart = variant && cart.value.lines.find((line) => line.variant_id === variant.id)?.quantity;
  const buttons = (
    <div class="buy-buttons">
      <button type="button" class="button" disabled={cannot} onClick={() => void add()}>
        <Icon name="bag" size={20} />{say.product.add}
      </button>
      <button type="button" class="button button-strong" disabled={cannot} onClick={buy}>
        {cannot ? say.common.sold_out : say.product.buy}
      </button>
    </div>
  );
  return (
    <article class="product">
      <Gallery product={product} />
      <div class="product-info">
        {product.vendor && <p class="product-vendor">{product.vendor}</p>}
        <h1>{text(product.name)}</h1>
        <div class="product-price"><Price amount={price} compare_at={compare_at} from={!variant && prices.some((p) => p !== low)} /></div>
        <ShippingNote />
        {product.options.map((option, index) => (
          <fieldset key={index} class="option">
            <legend>{text(option.name)}{chosen[index] !== null && <span> {text(option.values[chosen[index] as number]!)}</span>}</legend>
            <div class="option-values">
              {option.values.map((value, at) => {
                const state = value_state(product, chosen, index, at);
                return (
                  <label key={at} class={`option-value option-${state}`}>
                    <input type="radio" id={at === 0 ? `option-${index}` : undefined} name={`option-${index}`}
                      checked={chosen[index] === at} disabled={state === 'none'}
                      onChange={() => set_chosen(chosen.map((c, i) => (i === index ? at : c)))} />
                    <span>{text(value)}{state === 'sold_out' && <small>{say.common.sold_out}</small>}</span>
                  </label>
                );
              })}
            </div>
          </fieldset>
        ))}
        <div class="product-quantity">
          <Stepper value={quantity} max={Math.max(1, limit)} label={say.product.quantity}
            onChange={(value) => set_quantity(Math.max(1, Math.min(value, Math.max(1, limit))))} />
          <p class="stock" aria-live="polite">
            {variant && (variant.stock === 0 ? <b class="stock-out">{say.product.sold_out}</b>
              : variant.stock <= FEW ? <b class="stock-few">{say.common.few_left(variant.stock)}</b>
                : <span>{variant.stock > 99 ? say.product.plenty : say.product.stock(variant.stock)}</span>)}
            {variant && variant.max_quantity > 0 && <span class="muted"> · {say.product.max(variant.max_quantity)}</span>}
          </p>
        </div>
        <p class="product-total" aria-live="polite">
          <span>{say.product.total}{in_cart ? <small class="muted"> · {say.nav.cart} {say.common.units(in_cart)}</small> : null}</span>
          <strong>{money(price * quantity)}</strong>
        </p>
        <div class="buy-bar">{buttons}</div>
        <section class="description" aria-labelledby="description">
          <h2 id="description">{say.product.description}</h2>
          {/* The server has put it through its allow-list of tags. */}
          <div class="prose" dangerouslySetInnerHTML={{ __html: text(product.description) }} />
        </section>
      </div>
    </article>
  );
}

function ShippingNote() {
  const say = words().product;
  const shipping = shop.value?.rules.shipping;
  if (!shipping) return <p class="shipping-note">&nbsp;</p>;
  const words_of = shipping.fee === 0 ? say.shipping_free
    : shipping.free_from !== null ? say.shipping_fee(money(shipping.fee), money(shipping.free_from))
      : say.shipping_flat(money(shipping.fee));
  return <p class="shipping-note"><Icon name="truck" size={18} />{say.shipping} {words_of}</p>;
}

function Gallery({ product }: { product: Product }) {
  const [shown, set_shown] = useState(0);
  const say = words().product;
  const image = product.images[shown] ?? product.images[0] ?? null;
  return (
    <div class="gallery">
      <div class="gallery-main"><Picture image={image} name={text(product.name)} size={800} eager /></div>
      {product.images.length > 1 && (
        <div class="gallery-thumbs" role="group" aria-label={say.pictures}>
          {product.images.map((other, index) => (
            <button key={other.url} type="button" aria-label={say.picture(index + 1)} aria-pressed={index === shown}
              onClick={() => set_shown(index)}><Picture image={other.url} size={96} /></button>
          ))}
        </div>
      )}
    </div>
  );
}
