// The list: what is asked for is in the address, so it can be shared, reloaded and gone back to.

import { useEffect, useState } from 'preact/hooks';
import type { Category, CategoryList, Page, ProductCard } from '../api_types';
import { Dialog } from '../components/form';
import { Icon } from '../components/icons';
import { ProductTile } from '../components/product_tile';
import { Empty, PageHead, ProblemState, show_problem, Skeleton, useSettled } from '../components/ui';
import { text, words } from '../i18n';
import { money } from '../i18n/format';
import { amount_text, parse_amount } from '../i18n/typed_amount';
import { navigate, place } from '../router';
import { client } from '../state/shop';
import { keep_pages, useResource } from '../state/resource';

const PAGE = 24;
const KEEP_PAGES = keep_pages<ProductCard>((product) => product.id);
const SORTS = ['newest', 'popular', 'price_asc', 'price_desc', 'name'] as const;
const KEYS = ['q', 'category', 'min_price', 'max_price', 'in_stock', 'sort'] as const;
type Key = (typeof KEYS)[number];

/** The address with some of its conditions changed; empty ones are left out. */
function address(changes: Partial<Record<Key, string>>): string {
  const query = new URLSearchParams();
  for (const key of KEYS) {
    const value = changes[key] ?? place.value.query.get(key) ?? ''; // '' takes a condition away
    if (value) query.set(key, value);
  }
  const asked = query.toString();
  return asked ? `/products?${asked}` : '/products';
}
const set = (changes: Partial<Record<Key, string>>): void => navigate(address(changes), { keep_scroll: true });

export function ProductsPage() {
  const say = words();
  const { query } = place.value;
  const categories = useResource<CategoryList>('/categories').data?.items ?? [];
  const asked = new URLSearchParams();
  for (const key of KEYS) {
    const value = query.get(key);
    if (value) asked.set(key, value);
  }
  const category = categories.find((c) => c.slug === query.get('category') || String(c.id) === query.get('category'));
  const path = `/products?${new URLSearchParams([...asked, ['limit', String(PAGE)]])}`;
  const list = useResource<Page<ProductCard>>(path, KEEP_PAGES);
  const [filter_open, set_filter_open] = useState(false);
  const [loading_more, set_loading_more] = useState(false);
  useSettled(Boolean(list.data));
  useEffect(() => set_filter_open(false), [path]);
  const q = query.get('q');
  const conditions = ['category', 'min_price', 'max_price', 'in_stock'].filter((key) => query.has(key)).length;

  const more = async (): Promise<void> => {
    if (!list.data?.next_cursor) return;
    set_loading_more(true);
    const answer = await client.rest.get<Page<ProductCard>>(`${path}&cursor=${encodeURIComponent(list.data.next_cursor)}`);
    set_loading_more(false);
    if (!answer.ok) return show_problem(answer.problem);
    list.replace({ items: [...list.data.items, ...answer.value.items], next_cursor: answer.value.next_cursor });
  };
  const title = q ? say.list.results_for(q) : category ? text(category.name) : say.list.title;
  const items = list.data?.items;
  return (
    <>
      <PageHead title={title} />
      <CategoryChips categories={categories} current={category} />
      <div class="list-layout">
        <aside class="list-aside" aria-label={say.list.filter}><Filters categories={categories} current={category} /></aside>
        <div>
          <div class="list-bar">
            <p class="muted" aria-live="polite">
              {items && (list.data?.next_cursor ? say.list.shown_more(items.length) : say.list.shown(items.length))}
            </p>
            <button type="button" class="button button-small list-filter" onClick={() => set_filter_open(true)}>
              <Icon name="filter" size={18} />{say.list.filter}{conditions > 0 && <span class="badge badge-inline">{conditions}</span>}
            </button>
            <label class="select">
              <span class="visually-hidden">{say.list.sort}</span>
              <select value={query.get('sort') ?? 'newest'} onChange={(event) => set({ sort: event.currentTarget.value })}>
                {SORTS.map((sort) => <option key={sort} value={sort}>{say.list.sorts[sort]}</option>)}
              </select>
            </label>
          </div>
          {!items && list.problem ? <ProblemState problem={list.problem} retry={list.reload} />
            : items?.length === 0 ? (
              <Empty icon="search" title={say.list.empty} hint={say.list.empty_hint}>
                <a class="button" href="/products">{say.list.clear}</a>
              </Empty>
            ) : (
              <ul class="tiles">
                {items?.map((product, index) => <ProductTile key={product.id} product={product} eager={index < 4} />)
                  ?? <Skeleton kind="card" count={8} />}
              </ul>
            )}
          {list.data?.next_cursor && (
            <p class="more"><button type="button" class="button" disabled={loading_more} onClick={() => void more()}>{say.common.more}</button></p>
          )}
        </div>
      </div>
      <Dialog open={filter_open} title={say.list.filter} onClose={() => set_filter_open(false)}>
        <Filters categories={categories} current={category} />
        <button type="button" class="button button-strong button-wide" onClick={() => set_filter_open(false)}>{say.list.show}</button>
      </Dialog>
    </>
  );
}

function CategoryChips({ categories, current }: { categories: Category[]; current: Category | undefined }) {
  const parent = current?.parent_id ?? current?.id ?? null;
  const children = parent === null ? [] : categories.filter((c) => c.parent_id === parent);
  const chip = (to: string, name: string, on: boolean) => (
    <li key={name}><a class="chip-link" href={to} aria-current={on ? 'page' : undefined}>{name}</a></li>
  );
  return (
    <nav class="chips" aria-label={words().list.category}>
      <ul>
        {chip(address({ category: '' }), words().common.all, !current)}
        {categories.filter((c) => c.parent_id === null).map((c) => chip(address({ category: c.slug }), text(c.name), c.id === parent))}
      </ul>
      {children.length > 0 && (
        <ul class="chips-sub">
          {children.map((c) => chip(address({ category: c.slug }), text(c.name), c.id === current?.id))}
        </ul>
      )}
    </nav>
  );
}

function Filters({ categories, current }: { categories: Category[]; current: Category | undefined }) {
  const say = words().list;
  const { query } = place.value;
  return (
    <div class="filters">
      <fieldset>
        <legend>{say.category}</legend>
        <label class="select select-wide">
          <span class="visually-hidden">{say.category}</span>
          <select value={current?.slug ?? ''} onChange={(event) => set({ category: event.currentTarget.value })}>
            <option value="">{words().common.all}</option>
            {categories.map((c) => <option key={c.id} value={c.slug}>{(c.parent_id === null ? '' : '– ') + text(c.name)}</option>)}
          </select>
        </label>
      </fieldset>
      <PriceFilter key={`${query.get('min_price')}-${query.get('max_price')}`} />
      <label class="check">
        <input type="checkbox" checked={query.get('in_stock') === 'true'}
          onChange={(event) => set({ in_stock: event.currentTarget.checked ? 'true' : '' })} />
        {say.in_stock}
      </label>
      <a class="link" href="/products">{say.clear}</a>
    </div>
  );
}

function PriceFilter() {
  const say = words().list;
  const { query } = place.value;
  const typed = (key: Key): string => (query.get(key) ? amount_text(Number(query.get(key))) : '');
  return (
    <form onSubmit={(event) => {
      event.preventDefault();
      const data = new FormData(event.currentTarget);
      const typed_amount = (key: Key): string => String(parse_amount(String(data.get(key) ?? '')) ?? '');
      set({ min_price: typed_amount('min_price'), max_price: typed_amount('max_price') });
    }}>
      <fieldset class="price-filter">
        <legend>{say.price}</legend>
        <input name="min_price" inputMode="decimal" defaultValue={typed('min_price')} placeholder={money(0)} aria-label={say.min_price} maxLength={15} />
        <span aria-hidden="true">–</span>
        <input name="max_price" inputMode="decimal" defaultValue={typed('max_price')} placeholder={say.any} aria-label={say.max_price} maxLength={15} />
        <button type="submit" class="button button-small">{words().common.apply}</button>
      </fieldset>
    </form>
  );
}
