// Beside the editor: the rule read out, and a sample cart priced by the module with every key that is pressed.

import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Cartwright } from 'cartwright';
import type { Rule, RuleKind, VariantLabel } from '../../api_types';
import { Stepper } from '../../components/form';
import { MoneyRows } from '../../components/money_rows';
import { Picture } from '../../components/ui';
import { explain } from '../../i18n/explain';
import { date_time, money } from '../../i18n/format';
import { catalogue, client, labels } from '../../state/shop';
import { Icon } from '../icons';
import { products, reading_words, useSpeech, variant_name } from './names';
import { read_rule } from './rule_reading';
import { preview, sample_for, type Preview, type SampleLine, type SampleShop } from './sample_cart';
import { say_rules } from './words';

export function RuleReading(props: { rule: Rule | null; kind: RuleKind; valid_days: number }) {
  const { speech } = useSpeech();
  const say = say_rules();
  const { rule, kind, valid_days } = props;
  const sentences = rule ? read_rule(rule, kind, valid_days || null, reading_words(), speech) : [];
  return (
    <section class="panel rule-reading" aria-labelledby="rule-reading">
      <h2 id="rule-reading">{say.reading}</h2>
      {rule
        ? <ul aria-live="polite">{sentences.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
        : <p class="muted">{say.reading_waits}</p>}
    </section>
  );
}

/** The module, once it is here. */
export function useModule(): Cartwright | null {
  const [module, set_module] = useState<Cartwright | null>(null);
  useEffect(() => {
    void import('cartwright').then(({ load }) => load()).then(set_module);
  }, []);
  return module;
}

export function useSampleShop(): SampleShop | null {
  const known = catalogue.value;
  return useMemo(() => (known ? { shop: known.shop, variants: known.variants, promotions: known.promotions } : null),
    [known]);
}

/** `shown`: what the module said of the rule and the cart, null where the rule can't be priced. */
export function SampleCart(props: {
  shop: SampleShop; lines: SampleLine[]; set_lines: (lines: SampleLine[] | null) => void; shown: Preview | null;
  others: boolean; set_others: (others: boolean) => void;
}) {
  const { shop, lines, set_lines, shown, others, set_others } = props;
  const say = say_rules();
  const put = (variant_id: number, quantity: number): void =>
    set_lines(lines.map((line) => (line.variant_id === variant_id ? { variant_id, quantity } : line)));
  return (
    <section class="panel sample" aria-labelledby="sample-cart">
      <div class="sample-head">
        <h2 id="sample-cart">{say.preview}</h2>
        <button type="button" class="link" onClick={() => set_lines(null)}>{say.reset_sample}</button>
      </div>
      {shown && lines.length > 0 && <Verdict shown={shown} />}
      {lines.length === 0 && <p class="muted">{say.preview_empty}</p>}
      <ul class="sample-lines" aria-label={say.preview_lines}>
        {lines.map(({ variant_id, quantity }) => {
          const label = labels.value.get(variant_id) as VariantLabel | undefined;
          const name = label ? variant_name(label) : `#${variant_id}`;
          const off = shown?.by_line.get(variant_id) ?? 0;
          const price = shop.variants.find((variant) => variant.id === variant_id)?.unit_price ?? 0;
          return (
            <li key={variant_id} class="sample-line">
              <span class="sample-picture"><Picture image={label?.image ?? null} name="" size={48} /></span>
              <span class="sample-name">
                <span>{name}</span>
                <small>{money(price)}{off > 0 && <b class="sample-line-off"> −{money(off)}</b>}</small>
              </span>
              <Stepper label={say.quantity_of(name)} value={quantity} onChange={(units) => put(variant_id, units)} />
              <button type="button" class="icon-button" aria-label={say.remove_line(name)}
                onClick={() => set_lines(lines.filter((line) => line.variant_id !== variant_id))}>
                <Icon name="close" size={18} />
              </button>
            </li>
          );
        })}
      </ul>
      <AddLine lines={lines} onAdd={(variant_id) => set_lines([...lines, { variant_id, quantity: 1 }])} />
      <label class="check">
        <input type="checkbox" checked={others} onChange={(event) => set_others(event.currentTarget.checked)} />
        <span>{say.preview_others}</span>
      </label>
      {shown && lines.length > 0 && <SampleSums shown={shown} />}
      <p class="muted">{say.preview_hint}</p>
    </section>
  );
}

function AddLine({ lines, onAdd }: { lines: SampleLine[]; onAdd: (variant_id: number) => void }) {
  const say = say_rules();
  const there = new Set(lines.map((line) => line.variant_id));
  return (
    <span class="select select-wide">
      <select aria-label={say.add_line} value="" onChange={(event) => {
        const id = Number(event.currentTarget.value);
        event.currentTarget.value = '';
        if (id > 0) onAdd(id);
      }}>
        <option value="">{say.add_line_choose}</option>
        {products.value.slice(0, 300).map((product) => {
          const rest = product.variants.filter(({ id }) => !there.has(id));
          if (rest.length === 0) return null;
          if (product.variants.length === 1) return <option key={product.id} value={rest[0]?.id}>{product.name}
            </option>;
          return (
            <optgroup key={product.id} label={product.name}>
              {rest.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
            </optgroup>
          );
        })}
      </select>
    </span>
  );
}

/** What it comes to, or why to nothing: in view whatever the cart's length. */
function Verdict({ shown: { amount, rejection } }: { shown: Preview }) {
  const say = say_rules();
  return (
    <div aria-live="polite">
      <p class={`sample-verdict ${amount > 0 ? 'sample-verdict-off' : ''}`} data-amount={amount}>
        {amount > 0 ? say.preview_off(money(amount)) : say.preview_nothing}
      </p>
      {rejection && rejection.code !== 'not_selected' && <p class="muted">{explain().rejection(rejection)}</p>}
    </div>
  );
}

function SampleSums({ shown: { quote, without, at } }: { shown: Preview }) {
  const say = say_rules();
  const is_now = Math.abs(at - client.clock.now()) < 60_000;
  return (
    <div class="sample-sums">
      <MoneyRows sums={quote} />
      {without.total !== quote.total && <p class="sums-note">{say.preview_without}: {money(without.total)}</p>}
      {!is_now && <p class="sums-note">{say.preview_at(date_time(at))}</p>}
    </div>
  );
}

/** The sample cart follows the rule until someone touches it. */
export function useSample(shop: SampleShop | null, rule: Rule | null): [SampleLine[],
  (lines: SampleLine[] | null) => void] {
  const [own, set_own] = useState<SampleLine[] | null>(null);
  const [made, set_made] = useState<SampleLine[]>([]);
  const wanted = JSON.stringify([rule?.include, rule?.exclude, rule?.type, rule?.buy, rule?.get, rule?.min_amount,
    rule?.min_quantity, rule?.tiers]);
  useEffect(() => {
    if (shop && rule) set_made(sample_for(rule, shop));
  }, [shop, wanted]);
  return [own ?? made, set_own];
}

export function usePreview(shop: SampleShop | null, lines: SampleLine[], rule: Rule | null, kind: RuleKind,
  others: boolean):
  ReturnType<typeof preview> | null {
  const module = useModule();
  return useMemo(() => {
    if (!module || !shop || !rule) return null;
    return preview(module, shop, lines, rule, kind, { now: Math.round(client.clock.now()), others });
  }, [module, shop, lines, JSON.stringify(rule), kind, others]);
}
