// What happened in the shop: the server's hours, by the shop's days or hours.

import { useEffect } from 'preact/hooks';
import type { RuleFigures, SalesFigures, Stats } from '../api_types';
import { Loading, Skeleton } from '../components/ui';
import { text } from '../i18n';
import { date_time, money, number, percent } from '../i18n/format';
import { place } from '../router';
import { Chart, Ranking } from './chart';
import { say_dashboard } from './dashboard_words';
import { Choices, Head, Panel, Refusal, Table, type Column } from './parts';
import { useThing } from './resource';
import { day_hour_name, day_name, day_of, hour_name, last_days, last_hours } from './times';

const LOW_STOCK = 5;
const RANGES = [1, 7, 30, 90];
const REFRESH_MS = 30_000;

interface Slot { label: string; tick: string; paid: number; refunded: number; orders: number }

/** Hours in which nothing happened aren't told: they are nothing here. */
function slots_of(stats: Stats): Slot[] {
  const by_hour = stats.days === 1;
  const found = new Map<string | number, Pick<Slot, 'paid' | 'refunded' | 'orders'>>();
  for (const { at, sales } of stats.hours) {
    const key = by_hour ? at : day_of(at);
    const before = found.get(key) ?? { paid: 0, refunded: 0, orders: 0 };
    found.set(key, { paid: before.paid + sales.paid, refunded: before.refunded + sales.refunded,
      orders: before.orders + sales.orders });
  }
  const nothing = { paid: 0, refunded: 0, orders: 0 };
  if (by_hour) {
    return last_hours(stats.now, 24).map((at) => ({ label: day_hour_name(at), tick: hour_name(at),
      ...(found.get(at) ?? nothing) }));
  }
  return last_days(stats.now, stats.days).map((day) => ({ label: day_name(day), tick: day_name(day),
    ...(found.get(day) ?? nothing) }));
}

export function DashboardPage() {
  const say = say_dashboard();
  const asked = Number(place.value.query.get('days'));
  const days = RANGES.includes(asked) ? asked : 7;
  const stats = useThing<Stats>(`/admin/stats?days=${days}&low_stock=${LOW_STOCK}`);
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && void stats.reload(), REFRESH_MS);
    return () => clearInterval(timer);
  }, [days]);
  return (
    <>
      <Head title={say.title} note={stats.data && say.updated(date_time(stats.data.now))}>
        <Choices label={say.range} name="days" values={[['1', say.hours_24], ['', say.days(7)], ['30', say.days(30)],
          ['90', say.days(90)]]} />
      </Head>
      <Refusal problem={stats.problem} retry={() => void stats.reload()} />
      {stats.data ? <Figures stats={stats.data} /> : !stats.problem && <><Loading /><Skeleton kind="block" count={2} />
        </>}
    </>
  );
}

function Figures({ stats }: { stats: Stats }) {
  const say = say_dashboard();
  const { sales, open_orders: open, pending_charges: charges } = stats;
  const slots = slots_of(stats);
  const labels = slots.map(({ label }) => label);
  const ticks = slots.map(({ tick }) => tick);
  return (
    <>
      <Sums sales={sales} outstanding={stats.balance_outstanding} />
      <dl class="figures figures-small">
        <Figure name={say.to_ship} value={say.orders_count(number(open.paid))} href="/admin/orders?status=PAID" />
        <Figure name={say.on_way} value={say.orders_count(number(open.shipping))}
          href="/admin/orders?status=SHIPPING" />
        <Figure name={say.unpaid} value={say.orders_count(number(open.pending))} href="/admin/orders?status=PENDING" />
        {charges.count > 0 && <Figure name={say.pending_charges} value={say.orders_count(number(charges.count))}
          note={money(charges.amount)} href="/admin/charges?status=PENDING" />}
      </dl>
      <Panel title={say.sales_chart}>
        <Chart title={say.sales_chart} kind="bars" labels={labels} ticks={ticks} format={money}
          series={[
            { name: say.paid, values: slots.map(({ paid }) => paid) },
            ...(sales.refunded > 0 ? [{ name: say.refunded, values: slots.map(({ refunded }) => refunded) }] : []),
          ]} />
      </Panel>
      <Panel title={say.orders_chart}>
        <Chart title={say.orders_chart} kind="bars" labels={labels} ticks={ticks} format={number}
          series={[{ name: say.orders, values: slots.map(({ orders }) => orders) }]} />
      </Panel>
      <div class="admin-columns">
        <Panel title={say.popular}>
          {stats.popular.length === 0 ? <p class="muted">{say.none_sold}</p>
            : <Ranking caption={say.popular} rows={stats.popular.map(({ units, product }) => ({
              key: product.id, name: text(product.name), href: `/admin/products/${product.id}`, value: units,
                text: say.sold(number(units)),
            }))} />}
        </Panel>
        <LowStockPanel stats={stats} />
      </div>
      <section class="section-tight" aria-label={say.rules}>
        <div class="admin-panel-head"><h2>{say.rules}</h2><span class="muted">{say.rules_note}</span></div>
        <Rules rules={stats.rules} />
      </section>
    </>
  );
}

function Figure({ name, value, note, href }: { name: string; value: string; note?: string; href?: string }) {
  return (
    <div class="figure"><dt>{name}</dt><dd>{href ? <a href={href}>{value}</a> : value}
      {note && <><br /><small>{note}</small></>}</dd></div>
  );
}

function Sums({ sales, outstanding }: { sales: SalesFigures; outstanding: number }) {
  const say = say_dashboard();
  return (
    <dl class="figures">
      <Figure name={say.net} value={money(sales.net)} note={say.of_refunds(money(sales.refunded))} />
      <Figure name={say.orders} value={say.orders_count(number(sales.orders))} note={say.units(number(sales.units))} />
      <Figure name={say.average} value={money(sales.orders > 0 ? Math.round(sales.paid / sales.orders) : 0)} />
      <Figure name={say.charged} value={money(sales.charged)} note={`${say.outstanding} ${money(outstanding)}`} />
    </dl>
  );
}

function LowStockPanel({ stats }: { stats: Stats }) {
  const say = say_dashboard();
  const shown = stats.low_stock.slice(0, 8);
  return (
    <Panel title={say.low_stock} aside={<span class="muted">{say.low_stock_note(number(LOW_STOCK))}</span>}>
      {shown.length === 0 && <p class="muted">{say.none_low}</p>}
      <ul class="rows-small">
        {shown.map(({ label, stock }) => (
          <li key={label.variant_id}>
            <a href={`/admin/products?q=${encodeURIComponent(text(label.name))}`}>
              {[text(label.name), text(label.options)].filter(Boolean).join(' · ')}</a>
            <b class={stock === 0 ? 'bad' : ''}>{say.left(number(stock))}</b>
          </li>
        ))}
      </ul>
      {stats.low_stock_count > shown.length
        && <p class="muted">{say.more_low(number(stats.low_stock_count - shown.length))}</p>}
    </Panel>
  );
}

function Rules({ rules }: { rules: RuleFigures[] }) {
  const say = say_dashboard();
  const columns: Column<RuleFigures>[] = [
    { head: say.name, main: true, cell: (rule) => <b>{text(rule.name)}</b> },
    { head: say.kind, cell: (rule) => (rule.kind === 'coupon' ? say.coupon : say.promotion) },
    { head: say.issued, number: true, cell: (rule) => (rule.kind === 'coupon' ? number(rule.issued) : '–') },
    { head: say.used, number: true, cell: (rule) => number(rule.used) },
    { head: say.uptake, number: true, cell: (rule) => (rule.issued > 0
      ? percent(Math.round((rule.used * 10000) / rule.issued)) : '–') },
    { head: say.discount, number: true, cell: (rule) => money(rule.discount) },
  ];
  const used = rules.filter((rule) => rule.used > 0);
  const unused = rules.filter((rule) => rule.used === 0);
  const table = (caption: string, rows: RuleFigures[]) => (
    <Table caption={caption} columns={columns} rows={rows} row_key={({ id }) => id} />
  );
  return (
    <>
      {used.length > 0 ? table(say.rules, used) : <p class="muted">{say.none_used}</p>}
      {unused.length > 0 && (
        <details class="unused-rules">
          <summary>{say.unused(number(unused.length))}</summary>
          {table(say.unused(number(unused.length)), unused)}
        </details>
      )}
    </>
  );
}
