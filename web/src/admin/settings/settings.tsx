// The shop itself: its name, clock, shipping, tax and policies.

import { useState } from 'preact/hooks';
import type { ShopPolicies, ShopSettings, ShopSettingsChange, TaxMode } from '../../api_types';
import { Loading, show_toast, Skeleton } from '../../components/ui';
import type { Problem } from '../../store/rest';
import { AmountField, NumberField, PairField, PercentField, SelectField, TextField } from '../forms';
import { Icon } from '../icons';
import { ChangeRefusal, fault_at, Head, Panel, Refusal, SaveBar } from '../parts';
import { useThing, type Thing } from '../resource';
import { say_shell } from '../words';
import { say_settings } from './words';

type Typed = number | null | undefined;
interface Rate { class: string; basis_points: Typed }
interface Form extends Omit<ShopSettings, 'discount_multiple' | 'shipping' | 'tax' | 'currency_is_fixed'> {
  discount_multiple: Typed;
  fee: Typed;
  free_from: Typed;
  shipping_class: string;
  mode: TaxMode;
  rates: Rate[];
}

const form_of = ({ name, currency, time_zone, discount_multiple, shipping, tax, policies }: ShopSettings): Form => ({
  name, currency, time_zone, discount_multiple, fee: shipping.fee, free_from: shipping.free_from,
    shipping_class: shipping.tax_class,
  mode: tax.mode, rates: tax.rates, policies,
});

/**
 * Null while something can't be read. Only what differs is sent, so that two admins with different pages don't meet.
 */
function change_of(form: Form, saved: ShopSettings): ShopSettingsChange | null {
  const { fee, free_from, discount_multiple, shipping_class, mode } = form;
  if (fee == null || free_from === undefined || discount_multiple == null) return null;
  const rates: ShopSettings['tax']['rates'] = [];
  for (const rate of form.rates) {
    if (rate.basis_points == null) return null;
    rates.push({ class: rate.class.trim(), basis_points: rate.basis_points });
  }
  const all = {
    name: form.name, currency: form.currency.trim().toUpperCase(), time_zone: form.time_zone.trim(), discount_multiple,
    shipping: { fee, free_from, tax_class: shipping_class.trim() }, tax: { mode, rates }, policies: form.policies,
  };
  const differs = (key: keyof typeof all): boolean => JSON.stringify(all[key]) !== JSON.stringify(saved[key]);
  return Object.fromEntries(Object.entries(all).filter(([key]) => differs(key as keyof typeof all)));
}

export function SettingsPage() {
  const thing = useThing<ShopSettings>('/admin/shop');
  const say = say_settings();
  if (!thing.data) {
    return thing.problem ? <Refusal problem={thing.problem} retry={() => void thing.reload()} />
      : <><Loading /><Skeleton kind="block" count={3} /></>;
  }
  return (
    <>
      <Head title={say.title} />
      <SettingsForm key={thing.etag} saved={thing.data} thing={thing} />
    </>
  );
}

function SettingsForm({ saved, thing }: { saved: ShopSettings; thing: Thing<ShopSettings> }) {
  const say = say_settings();
  const [form, set_form] = useState(() => form_of(saved));
  const [problem, set_problem] = useState<Problem>();
  const [working, set_working] = useState(false);
  const set = <K extends keyof Form>(field: K) => (value: Form[K]): void => set_form({ ...form, [field]: value });
  const change = change_of(form, saved);
  const save = async (anyway = false): Promise<void> => {
    if (!change) return;
    set_working(true);
    const answer = await thing.change(change, anyway);
    set_working(false);
    set_problem(answer.ok ? undefined : answer.problem);
    if (answer.ok) show_toast(say_shell().saved);
  };
  return (
    <form class="settings" noValidate onSubmit={(event) => {
      event.preventDefault();
      void save();
    }}>
      <Panel title={say.shop}>
        <div class="form form-pairs">
          <PairField name="name" label={say.name} value={form.name} onInput={set('name')} maxLength={66}
            problem={fault_at(problem, '/name')} />
          <TextField name="currency" label={say.currency} value={form.currency} onInput={set('currency')} maxLength={3}
            disabled={saved.currency_is_fixed}
            hint={saved.currency_is_fixed ? say.currency_fixed : say.currency_hint}
              problem={fault_at(problem, '/currency')} />
          <TextField name="time_zone" label={say.time_zone} value={form.time_zone} onInput={set('time_zone')}
            maxLength={64} hint={say.time_zone_hint}
            problem={fault_at(problem, '/time_zone')} />
          <NumberField name="multiple" label={say.multiple} hint={say.multiple_hint} value={form.discount_multiple}
            onInput={set('discount_multiple')} min={1}
            max={1_000_000} required problem={fault_at(problem, '/discount_multiple')} />
        </div>
      </Panel>
      <Panel title={say.shipping}>
        <div class="form form-pairs">
          <AmountField name="fee" label={say.fee} value={form.fee} onInput={set('fee')} required
            problem={fault_at(problem, '/shipping/fee')} />
          <AmountField name="free_from" label={say.free_from} hint={say.free_from_hint} value={form.free_from}
            onInput={set('free_from')}
            problem={fault_at(problem, '/shipping/free_from')} />
          <TextField name="shipping_class" label={say.shipping_class} value={form.shipping_class}
            onInput={set('shipping_class')} maxLength={66}
            problem={fault_at(problem, '/shipping/tax_class')} />
        </div>
      </Panel>
      <Panel title={say.tax}>
        <div class="form">
          <SelectField<TaxMode> name="mode" label={say.mode} value={form.mode}
            options={Object.entries(say.modes) as [TaxMode, string][]} onInput={set('mode')} />
          <RateFields rates={form.rates} onChange={set('rates')} problem={problem} />
        </div>
        <p class="field-note">{say.prices_change}</p>
      </Panel>
      <Panel title={say.policies}>
        <p class="muted">{say.policies_hint}</p>
        <div class="form">
          {(Object.keys(say.policy) as (keyof ShopPolicies)[]).map((kind) => (
            <PairField key={kind} name={`policy-${kind}`} label={say.policy[kind]} value={form.policies[kind]} rows={4}
              maxLength={6600}
              onInput={(value) => set('policies')({ ...form.policies, [kind]: value })}
                problem={fault_at(problem, `/policies/${kind}`)} />
          ))}
        </div>
      </Panel>
      <ChangeRefusal problem={problem} save_anyway={() => void save(true)} show_theirs={() => {
        set_problem(undefined);
        void thing.reload();
      }} />
      <SaveBar changed={change === null || Object.keys(change).length > 0} working={working || change === null} />
    </form>
  );
}

function RateFields({ rates, onChange,
  problem }: { rates: Rate[]; onChange: (rates: Rate[]) => void; problem: Problem | undefined }) {
  const say = say_settings();
  const put = (index: number, more: Partial<Rate>): void => onChange(rates.map((rate,
    i) => (i === index ? { ...rate, ...more } : rate)));
  return (
    <div class="tiers">
      {rates.length === 0 && <p class="muted">{say.no_rates}</p>}
      {rates.map((rate, index) => (
        <div key={index} class="tier tier-rate">
          <TextField name={`class-${index}`} label={say.rate_class(index + 1)} value={rate.class}
            onInput={(value) => put(index, { class: value })} required
            maxLength={66} problem={fault_at(problem, `/tax/rates/${index}/class`)} />
          <PercentField name={`rate-${index}`} label={say.rate(index + 1)} value={rate.basis_points}
            onInput={(basis_points) => put(index, { basis_points })}
            required problem={fault_at(problem, `/tax/rates/${index}/basis_points`)} />
          <button type="button" class="icon-button" aria-label={say.remove_rate(index + 1)}
            onClick={() => onChange(rates.filter((_, i) => i !== index))}>
            <Icon name="trash" size={18} />
          </button>
        </div>
      ))}
      <div>
        <button type="button" class="button button-small" onClick={() =>
          onChange([...rates, { class: rates.length ? '' : 'standard', basis_points: 1000 }])}>
          <Icon name="plus" size={18} />{say.add_rate}
        </button>
      </div>
    </div>
  );
}
