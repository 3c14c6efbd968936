import { useEffect } from 'preact/hooks';
import type { CampaignList, CategoryList, Page, PopularList, ProductCard } from '../api_types';
import { CampaignCard, phase_now, useLiveCampaigns } from '../components/campaign_card';
import { ProductTile } from '../components/product_tile';
import { Picture, ProblemState, Skeleton, useNow, useSettled, useTitle } from '../components/ui';
import { text, words } from '../i18n';
import { client } from '../state/shop';
import { useResource } from '../state/resource';

export function HomePage() {
  useTitle('');
  const popular = useResource<PopularList>('/products/popular?limit=5&days=3');
  const fresh = useResource<Page<ProductCard>>('/products?sort=newest&limit=8');
  useSettled(Boolean(popular.data && fresh.data));
  useEffect(() => client.live.on('popular', popular.reload), []);
  useEffect(() => client.live.on('poll', popular.reload), []);
  const say = words();
  if (!popular.data && !fresh.data && popular.problem) {
    return <ProblemState page problem={popular.problem} retry={() => (popular.reload(), fresh.reload())} />;
  }
  return (
    <>
      <Hero products={popular.data?.items.map((item) => item.product) ?? []} />
      <CampaignTeaser />
      <section class="section" aria-labelledby="popular">
        <div class="section-head">
          <h2 id="popular">{say.home.popular}</h2>
          {popular.data && <p class="muted">{say.home.popular_note(popular.data.days)}</p>}
        </div>
        <ol class="tiles tiles-popular">
          {popular.data?.items.map((item) => (
            <ProductTile key={item.product.id} product={item.product} rank={item.rank} eager={item.rank <= 2}
              note={item.units > 0 ? say.home.sold(item.units) : undefined} />
          )) ?? <Skeleton kind="card" count={5} />}
        </ol>
      </section>
      <Categories />
      <section class="section" aria-labelledby="fresh">
        <div class="section-head">
          <h2 id="fresh">{say.home.fresh}</h2>
          <a class="link" href="/products">{say.common.see_all}</a>
        </div>
        <ul class="tiles">
          {fresh.data?.items.map((product) => <ProductTile key={product.id} product={product} />) ?? <Skeleton kind="card" count={8} />}
        </ul>
      </section>
    </>
  );
}

function Hero({ products }: { products: ProductCard[] }) {
  const say = words().home;
  return (
    <section class="hero">
      <div class="hero-text">
        <p class="hero-kicker">{say.hero_kicker}</p>
        <h1>{say.hero_title}</h1>
        <p class="hero-lead">{say.hero_text}</p>
        <a class="button button-strong" href="/products">{say.hero_button}</a>
      </div>
      <div class="hero-pictures" aria-hidden="true">
        {[0, 1, 2].map((index) => (
          <span key={index} class={`hero-picture hero-picture-${index}`}>
            {products[index] && <Picture image={products[index].image?.url ?? null} size={400} eager />}
          </span>
        ))}
      </div>
    </section>
  );
}

function CampaignTeaser() {
  const campaigns = useResource<CampaignList>('/campaigns');
  useLiveCampaigns(campaigns);
  const now = useNow();
  const items = campaigns.data?.items ?? [];
  const open = items.find((campaign) => phase_now(campaign, now) === 'open');
  const shown = open ?? items.find((campaign) => phase_now(campaign, now) === 'coming');
  if (campaigns.data && !shown) return null;
  if (campaigns.problem && !campaigns.data) return null;
  const say = words().home;
  return (
    <section class="section section-tight" aria-labelledby="teaser">
      <h2 id="teaser" class="visually-hidden">{open ? say.campaign_open : say.campaign_coming}</h2>
      {shown ? <CampaignCard campaign={shown} teaser /> : <Skeleton kind="block" />}
    </section>
  );
}

function Categories() {
  const categories = useResource<CategoryList>('/categories');
  const top = categories.data?.items.filter((category) => category.parent_id === null) ?? [];
  if (categories.data && top.length === 0) return null;
  return (
    <section class="section" aria-labelledby="categories">
      <div class="section-head"><h2 id="categories">{words().home.categories}</h2></div>
      <ul class="categories">
        {top.map((category, index) => (
          <li key={category.id}>
            <a href={`/products?category=${encodeURIComponent(category.slug)}`} class={`category tint-${index % 5}`}>
              {text(category.name)}
            </a>
          </li>
        ))}
        {!categories.data && <Skeleton kind="row" count={4} />}
      </ul>
    </section>
  );
}
