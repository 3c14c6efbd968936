// Making and changing a coupon or a promotion.

import { useEffect, useState } from 'preact/hooks';
import type { AdminRule, RuleKind } from '../../api_types';
import { Loading, problem_text, show_toast, Skeleton } from '../../components/ui';
import { text } from '../../i18n';
import { rule_benefit } from '../../i18n/format';
import { navigate } from '../../router';
import type { Problem } from '../../store/rest';
import { command, send } from '../api';
import { Ask, ChangeRefusal, fault_sentence, Head, Refusal, SaveBar } from '../parts';
import { useThing } from '../resource';
import type { PageProps } from '../sections';
import { say_shell } from '../words';
import { HandOut, Uptake } from './hand_out';
import { body_of, field_of, form_of, new_form, rule_of, type FieldPlace } from './rule_form';
import { RuleFields } from './rule_fields';
import { RuleReading, SampleCart, usePreview, useSample, useSampleShop } from './rule_preview';
import { say_rules } from './words';

export const CouponPage = ({ name }: PageProps) => <RulePage key={name} kind="coupon" id={id_in(name)} />;
export const PromotionPage = ({ name }: PageProps) => <RulePage key={name} kind="promotion" id={id_in(name)} />;

const id_in = (name: string): number | null => (name === 'new' ? null : Number(name));

function RulePage({ kind, id }: { kind: RuleKind; id: number | null }) {
  const noun = `/admin/${kind}s`;
  const thing = useThing<AdminRule>(id === null ? null : `${noun}/${id}`);
  const say = say_rules();
  const list = { path: noun, name: kind === 'coupon' ? say.coupons : say.promotions };
  const saved = thing.data;
  if (id !== null && !saved) {
    return thing.problem ? <Refusal problem={thing.problem} retry={() => void thing.reload()} />
      : <><Loading /><Skeleton kind="block" count={2} /></>;
  }
  const title = saved ? text(saved.name) : kind === 'coupon' ? say.new_coupon : say.new_promotion;
  return (
    <>
      <Head title={title} back={list} note={saved && rule_benefit(saved.rule)}>
        {saved && <Archive saved={saved} onDone={() => void thing.reload()} />}
      </Head>
      <Editor kind={kind} saved={saved ?? null} change={thing.change} reload={thing.reload} />
      {saved && <Uptake rule={saved} />}
      {saved && kind === 'coupon' && <HandOut coupon={saved} onChanged={() => void thing.reload()} />}
      {!saved && kind === 'coupon' && <p class="muted admin-after">{say.saved_before_more}</p>}
    </>
  );
}

type Change = ReturnType<typeof useThing<AdminRule>>['change'];

function Editor({ kind, saved, change,
  reload }: { kind: RuleKind; saved: AdminRule | null; change: Change; reload: () => Promise<void> }) {
  const start = saved ? form_of(saved) : new_form();
  const [form, set_form] = useState(start);
  const [based_on, set_based_on] = useState(JSON.stringify(start));
  const [problem, set_problem] = useState<Problem>();
  const [working, set_working] = useState(false);
  const [others, set_others] = useState(true);
  const say = say_rules();

  // A new state of the same rule is taken over where nothing was typed yet; what was typed is not thrown away.
  const now = JSON.stringify(start);
  const changed = JSON.stringify(form) !== based_on;
  useEffect(() => {
    if (now === based_on || (saved && changed)) return;
    set_based_on(now);
    set_form(start);
  }, [saved?.version]);

  const { rule, fault } = rule_of(form, saved?.id ?? 0);
  const shop = useSampleShop();
  const [lines, set_lines] = useSample(shop, rule);
  const shown = usePreview(shop, lines, rule, kind, others);
  const module_fault = shown && 'error' in shown ? (field_of(shown.error.path ?? '') ?? null) : null;
  const fault_of = (place: FieldPlace): string | undefined => {
    const told = problem?.errors?.find(({ pointer }) => field_of(pointer) === place);
    if (problem && told) return fault_sentence(problem, told);
    return changed && module_fault === place ? say.fault : undefined;
  };

  const save = async (anyway = false): Promise<void> => {
    if (!rule) return document.getElementById(`field-${field_id(fault)}`)?.focus();
    set_working(true);
    set_problem(undefined);
    const body = body_of(form, kind, rule);
    const answer = saved ? await change(body, anyway) : await command<AdminRule>(`/admin/${kind}s`, body);
    set_working(false);
    if (!answer.ok) {
      set_problem(answer.problem);
      const place = field_of(answer.problem.errors?.[0]?.pointer ?? '');
      if (place) document.getElementById(`field-${field_id(place)}`)?.focus();
      return;
    }
    show_toast(say_shell().saved);
    const next = form_of(answer.value);
    set_based_on(JSON.stringify(next));
    set_form(next);
    if (!saved) navigate(`/admin/${kind}s/${answer.value.id}`, { replace: true });
  };

  return (
    <div class="rule-editor">
      <form noValidate onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}>
        <RuleFields form={form} kind={kind} onChange={set_form} fault_of={fault_of} />
        <ChangeRefusal problem={problem} save_anyway={() => void save(true)} show_theirs={() => {
          set_problem(undefined);
          set_based_on(JSON.stringify(form)); // then what comes takes its place
          void reload();
        }} />
        <SaveBar changed={changed} working={working} />
      </form>
      <div class="rule-side">
        <RuleReading rule={rule} kind={kind} valid_days={form.valid_days ?? 0} />
        {shop && (
          <SampleCart shop={shop} lines={lines} set_lines={set_lines} shown={shown && !('error' in shown) ? shown
            : null} others={others}
            set_others={set_others} />
        )}
      </div>
    </div>
  );
}

/** The id of the input that a place is about. */
function field_id(place: FieldPlace | null): string {
  const tier = /^tiers\.(\d+)\.(\w+)$/.exec(place ?? '');
  if (tier) return `tier-${tier[1]}-${tier[2]}`;
  return place === 'name' || place === 'description' ? `${place}-ko` : (place ?? '');
}

function Archive({ saved, onDone }: { saved: AdminRule; onDone: () => void }) {
  const [asking, set_asking] = useState(false);
  const [working, set_working] = useState(false);
  const say = say_rules();
  const path = `/admin/${saved.kind}s/${saved.id}`;
  const set_active = async (active: boolean): Promise<void> => {
    set_working(true);
    const answer = active ? await send('PATCH', path, { active }, { match: '*' }) : await send('DELETE', path);
    set_working(false);
    set_asking(false);
    show_toast(answer.ok ? (active ? say.restored_now : say.archived_now) : problem_text(answer.problem),
      answer.ok ? {} : { tone: 'bad' });
    if (answer.ok) onDone();
  };
  const is_coupon = saved.kind === 'coupon';
  return (
    <>
      <span class={`chip ${saved.active ? 'chip-good' : ''}`}>{saved.active ? say.active : say.archived}</span>
      {saved.active
        ? <button type="button" class="button button-small" onClick={() => set_asking(true)}>{say.archive}</button>
        : <button type="button" class="button button-small" disabled={working} onClick={() => void set_active(true)}>
        {say.restore}</button>}
      <Ask open={asking} title={is_coupon ? say.archive_coupon_title : say.archive_promotion_title} working={working}
        hint={<p>{is_coupon ? say.archive_coupon_hint : say.archive_promotion_hint}</p>} yes={say.archive}
        onYes={() => void set_active(false)} onClose={() => set_asking(false)} />
    </>
  );
}
