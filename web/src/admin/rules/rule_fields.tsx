// The fields of a coupon or a promotion.

import type { ComponentChildren } from 'preact';
import type { RuleKind, RuleType, Target } from '../../api_types';
import { AmountField, CheckField, MomentField, NumberField, PairField, PercentField, SelectField,
  TextField } from '../forms';
import { Icon } from '../icons';
import { Panel } from '../parts';
import { BENEFIT_FIELDS, empty_tier, TARGETS, with_type, type FieldPlace, type RuleForm,
  type TierForm } from './rule_form';
import { ScopeField } from './scope_field';
import { say_rules } from './words';

interface Props {
  form: RuleForm;
  kind: RuleKind;
  onChange: (form: RuleForm) => void;
  /** What is said at a field, if anything. */
  fault_of: (place: FieldPlace) => string | undefined;
}
type Plain = Exclude<keyof RuleForm, 'name' | 'description' | 'include' | 'exclude' | 'tiers'>;

export function RuleFields({ form, kind, onChange, fault_of }: Props) {
  const say = say_rules();
  const set = <K extends keyof RuleForm>(field: K) => (value: RuleForm[K]): void =>
    onChange({ ...form, [field]: value });
  const common = (field: Plain) => ({ name: field, label: say.label[field], hint: say.hint[field],
    problem: fault_of(field) });
  const used = new Set(BENEFIT_FIELDS[form.type]);
  const types = Object.keys(TARGETS) as RuleType[];
  const is_per_line = form.target === 'line';
  return (
    <>
      <Panel title={say.group_name}>
        <div class="form">
          <PairField name="name" label={say.name} value={form.name} onInput={set('name')} maxLength={66}
            hint={say.name_hint} problem={fault_of('name')} />
          <PairField name="description" label={say.description} value={form.description} onInput={set('description')}
            rows={2} maxLength={660}
            problem={fault_of('description')} />
        </div>
      </Panel>
      <Panel title={say.group_benefit}>
        <div class="form form-pairs">
          <SelectField<RuleType> {...common('type')} value={form.type}
            options={types.map((type) => [type, say.types[type]])}
            onInput={(type) => onChange(with_type(form, type))} />
          <SelectField<Target> {...common('target')} value={form.target} disabled={TARGETS[form.type].length === 1}
            options={TARGETS[form.type].map((target) => [target, say.targets[target]])} onInput={set('target')} />
          {used.has('amount') && <AmountField {...common('amount')} value={form.amount} onInput={set('amount')}
            required />}
          {used.has('buy') && <NumberField {...common('buy')} value={form.buy} onInput={set('buy')} required />}
          {used.has('get') && <NumberField {...common('get')} value={form.get} onInput={set('get')} required />}
          {used.has('basis_points') && <PercentField {...common('basis_points')} value={form.basis_points}
            onInput={set('basis_points')} required />}
          {used.has('max_groups') && <NumberField {...common('max_groups')} value={form.max_groups}
            onInput={set('max_groups')} />}
          {used.has('max_discount') && <AmountField {...common('max_discount')} value={form.max_discount}
            onInput={set('max_discount')} />}
        </div>
        {used.has('tiers') && <TierFields tiers={form.tiers} onChange={set('tiers')} fault_of={fault_of} />}
      </Panel>
      <Panel title={say.group_scope}>
        <div class="form">
          <ScopeField label={say.include} hint={say.include_hint} empty={say.chosen_everything} value={form.include}
            onChange={set('include')}
            problem={fault_of('include')} />
          <ScopeField label={say.exclude} hint={say.exclude_hint} empty={say.chosen_none} value={form.exclude}
            onChange={set('exclude')}
            problem={fault_of('exclude')} />
        </div>
      </Panel>
      <Panel title={say.group_conditions}>
        <div class="form form-pairs">
          <AmountField {...common('min_amount')} value={form.min_amount} onInput={set('min_amount')} />
          <NumberField {...common('min_quantity')} value={form.min_quantity} onInput={set('min_quantity')} />
          <MomentField {...common('starts_at')} value={form.starts_at} onInput={set('starts_at')} />
          <MomentField {...common('ends_at')} value={form.ends_at} onInput={set('ends_at')} />
          <CheckField name="first_order_only" label={say.label.first_order_only} value={form.first_order_only}
            onInput={set('first_order_only')} />
        </div>
      </Panel>
      <Panel title={kind === 'coupon' ? say.group_coupon : say.group_order}>
        <div class="form form-pairs">
          {kind === 'coupon' && <NumberField {...common('valid_days')} value={form.valid_days}
            onInput={set('valid_days')} max={36500} />}
          {kind === 'coupon' && !is_per_line && (
            <TextField {...common('stack_group')} value={form.stack_group} onInput={set('stack_group')}
              maxLength={66} />
          )}
          <NumberField {...common('priority')} value={form.priority} onInput={set('priority')} min={-1_000_000}
            max={1_000_000} />
          {kind === 'coupon' && (
            <CheckField name="exclusive" label={say.label.exclusive} value={form.exclusive}
              onInput={set('exclusive')} />
          )}
        </div>
      </Panel>
    </>
  );
}

function TierFields({ tiers, onChange, fault_of }: {
  tiers: TierForm[]; onChange: (tiers: TierForm[]) => void; fault_of: (place: FieldPlace) => string | undefined;
}) {
  const say = say_rules();
  const put = (index: number, more: Partial<TierForm>): void =>
    onChange(tiers.map((tier, i) => (i === index ? { ...tier, ...more } : tier)));
  const whole = fault_of('tiers');
  return (
    <div class="tiers">
      {tiers.map((tier, index) => {
        const value: { name: string; label: string; required: true; problem: string | undefined;
          value: TierForm['value']; onInput: (value: TierForm['value']) => void } = {
          name: `tier-${index}-value`, label: say.tier_value(index + 1), required: true,
            problem: fault_of(`tiers.${index}.value`),
          value: tier.value, onInput: (typed) => put(index, { value: typed }),
        };
        return (
          <Row key={index} onRemove={tiers.length > 1 ? () => onChange(tiers.filter((_, i) => i !== index))
            : undefined} remove={say.tier_remove(index + 1)}>
            <AmountField name={`tier-${index}-from`} label={say.tier_from(index + 1)} value={tier.from} required
              problem={fault_of(`tiers.${index}.from`)} onInput={(from) => put(index, { from })} />
            {tier.unit === 'amount' ? <AmountField key="amount" {...value} />
              : <PercentField key="percent" {...value} />}
            <SelectField<TierForm['unit']> name={`tier-${index}-unit`} label={say.tier_unit(index + 1)}
              value={tier.unit}
              options={[['amount', say.unit_amount], ['percent', say.unit_percent]]}
                onInput={(unit) => put(index, { unit, value: null })} />
          </Row>
        );
      })}
      {whole && <p class="field-note tiers-fault">{whole}</p>}
      {tiers.length < 20 && (
        <button type="button" class="button button-small" onClick={() => onChange([...tiers, empty_tier()])}>
          <Icon name="plus" size={18} />{say.tier_add}</button>
      )}
    </div>
  );
}

function Row({ children, remove,
  onRemove }: { children: ComponentChildren; remove: string; onRemove: (() => void) | undefined }) {
  return (
    <div class="tier">
      {children}
      <button type="button" class="icon-button" aria-label={remove} disabled={!onRemove} onClick={onRemove}>
        <Icon name="trash" size={18} /></button>
    </div>
  );
}
