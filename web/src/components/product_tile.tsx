import type { ProductCard } from '../api_types';
import { text, words } from '../i18n';
import { Picture, Price } from './ui';

const FEW = 5;

export function ProductTile({ product, rank, note, eager }: {
  product: ProductCard; rank?: number; note?: string; eager?: boolean;
}) {
  const say = words().common;
  const sold_out = product.stock === 0;
  return (
    <li class={`tile ${sold_out ? 'tile-sold-out' : ''}`}>
      <a href={`/products/${product.handle}`} class="tile-link">
        <span class="tile-picture">
          <Picture image={product.image} size={400} eager={eager} />
          {rank !== undefined && <span class="tile-rank" aria-label={say.ordinal(rank)}>{rank}</span>}
          {sold_out && <span class="tile-flag">{say.sold_out}</span>}
          {!sold_out && product.stock <= FEW && <span class="tile-flag tile-flag-few">{say.few_left(product.stock)}</span>}
        </span>
        <span class="tile-name">{text(product.name)}</span>
        <Price amount={product.price_min} compare_at={product.compare_at} from={product.price_max > product.price_min} />
        {note && <span class="tile-note">{note}</span>}
      </a>
    </li>
  );
}
