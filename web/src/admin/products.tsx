import type { AdminProductSummary } from '../api_types';
import { Picture } from '../components/ui';
import { text } from '../i18n';
import { date, money, number } from '../i18n/format';
import { place } from '../router';
import { Icon } from './icons';
import { Choices, Head, ListTable, Search, type Column } from './parts';
import { say_products } from './products_words';
import { query_of, useListing } from './resource';
import { say_shell } from './words';

export function ProductsPage() {
  const say = say_products();
  const list = useListing<AdminProductSummary>(`/admin/products${query_of('q', 'status')}`);
  const columns: Column<AdminProductSummary>[] = [
    {
      head: say.product, main: true,
      cell: (product) => (
        <span class="with-picture">
          <Picture image={product.image || null} size={44} />
          <span><a href={`/admin/products/${product.id}`}>{text(product.name)}</a>
            <small class="muted">{product.handle}</small></span>
        </span>
      ),
    },
    { head: say.status, cell: (product) => <span class={`chip ${product.active ? 'chip-good' : ''}`}>
      {product.active ? say.active : say.archived}</span> },
    { head: say.price, number: true, cell: (product) => (product.variants > 1 ? say.from(money(product.price_min))
      : money(product.price_min)) },
    { head: say.variants, number: true, cell: (product) => number(product.variants) },
    { head: say.stock, number: true, cell: (product) => <span class={product.stock === 0 ? 'bad' : ''}>
      {number(product.stock)}</span> },
    { head: say.changed, number: true, cell: (product) => date(product.updated_at) },
  ];
  return (
    <>
      <Head title={say.title}>
        <a class="button button-strong" href="/admin/products/new"><Icon name="plus" />{say.add}</a>
      </Head>
      <div class="admin-tools">
        <Search label={say.search} />
        <Choices label={say.status} name="status" values={[['', say_shell().all], ['active', say.active],
          ['archived', say.archived]]} />
      </div>
      <ListTable caption={say.title} list={list} columns={columns} row_key={({ id }) => id}
        filtered={place.value.query.size > 0} />
    </>
  );
}
