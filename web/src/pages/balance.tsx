import { useEffect, useState } from 'preact/hooks';
import type { Balance, BalanceHistory, Charge, Page } from '../api_types';
import { Field } from '../components/form';
import { Empty, PageHead, problem_text, ProblemState, show_problem, show_toast, Skeleton, useSettled } from '../components/ui';
import { all_words } from '../i18n';
import { date_time, money } from '../i18n/format';
import { amount_text, parse_amount } from '../i18n/typed_amount';
import { client, exponent, me, online, shop } from '../state/shop';
import { useResource } from '../state/resource';
import type { PendingRequest } from '../store/rest';

const CHARGES = '/me/balance/charges';
/** An account's charge keeps its key for ever: an unanswered one is asked again, never made twice. */
const FOR_EVER_MS = Infinity;

/** Quick amounts in whole units of the currency: tens of thousands of won, tens of dollars. */
const quick_amounts = (): number[] => [1, 3, 5, 10].map((n) => n * (exponent.value === 0 ? 10_000 : 10 * 10 ** exponent.value));

export function BalancePage() {
  const say = all_words().balance;
  const history = useResource<Page<BalanceHistory>>('/me/balance/history?limit=20');
  useSettled(Boolean(history.data));
  const balance = useResource<Balance>('/me/balance');
  const charges = useResource<Page<Charge>>('/me/balance/charges?status=PENDING');
  const reload = (): void => [history, balance, charges].forEach((resource) => void resource.reload());
  useEffect(() => client.live.on('balance', reload), []);
  const more = async (): Promise<void> => {
    if (!history.data?.next_cursor) return;
    const answer = await client.rest.get<Page<BalanceHistory>>(`/me/balance/history?limit=20&cursor=${encodeURIComponent(history.data.next_cursor)}`);
    if (!answer.ok) return show_problem(answer.problem);
    history.replace({ items: [...history.data.items, ...answer.value.items], next_cursor: answer.value.next_cursor });
  };
  const items = history.data?.items;
  return (
    <div class="narrow">
      <PageHead title={say.title} />
      <section class="balance" aria-label={say.current}>
        <p>{say.current}</p>
        <strong aria-live="polite">{money(me.value?.balance ?? 0)}</strong>
      </section>
      {balance.data && balance.data.receivable > 0 && <p class="result result-bad">{say.owed(money(balance.data.receivable))}</p>}
      {charges.data && charges.data.items.length > 0 && <Waiting charges={charges.data.items} account={balance.data?.bank_account ?? ''} />}
      <ChargeForm onCharged={reload} />
      <section aria-labelledby="history">
        <h2 id="history" class="sub-head">{say.history}</h2>
        {!items && history.problem ? <ProblemState problem={history.problem} retry={history.reload} />
          : items?.length === 0 ? <Empty icon="wallet" title={say.empty} />
            : <ul class="history">{items?.map((entry) => <Entry key={entry.id} entry={entry} />) ?? <Skeleton kind="row" count={3} />}</ul>}
        {history.data?.next_cursor && <p class="more"><button type="button" class="button" onClick={() => void more()}>{all_words().common.more}</button></p>}
      </section>
    </div>
  );
}

/** Charges whose money is still on its way, and what is to be done for it. */
function Waiting({ charges, account }: { charges: Charge[]; account: string }) {
  const say = all_words().balance;
  return (
    <section class="panel" aria-labelledby="waiting">
      <h2 id="waiting">{say.waiting_title}</h2>
      {account !== '' && <p>{say.transfer_to(account)}</p>}
      <ul class="history">{charges.map((charge) => (
        <li key={charge.id} class="entry">
          <div><b>{money(charge.amount)}</b><small class="muted">{charge.number} · {date_time(charge.created_at)}</small></div>
          {charge.checkout?.url
            ? <a class="button button-small" href={charge.checkout.url}>{say.pay_there}</a>
            : <small class="muted">{charge.provider === 'gateway' ? say.being_checked : say.waiting}</small>}
        </li>
      ))}</ul>
    </section>
  );
}

function Entry({ entry }: { entry: BalanceHistory }) {
  const say = all_words();
  const change = entry.balance_after - entry.balance_before;
  const about_order = entry.type === 'USE' || entry.type === 'REFUND';
  return (
    <li class="entry">
      <div>
        <b>{say.balance_entry[entry.type]}</b>
        {about_order && <a class="link" href={`/orders/${entry.reference}`}>{say.balance.order(entry.reference)}</a>}
        <small class="muted">{date_time(entry.created_at)}</small>
      </div>
      <div class="entry-end">
        <strong class={change > 0 ? 'plus' : ''}>{change > 0 ? say.balance.plus(money(change)) : `−${money(-change)}`}</strong>
        <small class="muted">{say.balance.after(money(entry.balance_after))}</small>
      </div>
    </li>
  );
}

/** Sends one charge; tells the shopper how it went. True when the balance has it. */
export async function charge(amount: number, request?: PendingRequest): Promise<boolean> {
  const say = all_words().balance;
  const answer = request
    ? await client.rest.finish<Charge>(request)
    : await client.rest.post_once<Charge>(CHARGES, { amount }, FOR_EVER_MS);
  if (!answer.ok) {
    show_problem(answer.problem);
    return false;
  }
  await client.sync();
  const done = answer.value.status === 'COMPLETED';
  if (answer.value.checkout?.url) location.assign(answer.value.checkout.url); // the payment company's page, which comes back
  show_toast(done ? say.charged(money(answer.value.amount)) : say.waiting);
  return done;
}

function ChargeForm({ onCharged }: { onCharged: () => void }) {
  const say = all_words().balance;
  const [typed, set_typed] = useState('');
  const [working, set_working] = useState(false);
  const [problem, set_problem] = useState<string>();
  const [unanswered, set_unanswered] = useState<PendingRequest[]>([]);
  const look = (): void => void client.rest.pending(CHARGES).then(set_unanswered);
  useEffect(look, []);
  const limit = shop.value?.charge_max ?? 0;
  const run = async (amount: number, request?: PendingRequest): Promise<void> => {
    set_working(true);
    if (await charge(amount, request)) set_typed('');
    onCharged();
    look();
    set_working(false);
  };
  const submit = (): void => {
    const amount = parse_amount(typed);
    if (amount === null || amount < 1) return set_problem(say.too_small);
    if (limit > 0 && amount > limit) return set_problem(problem_text({ code: 'charge_limit', status: 0 }));
    set_problem(undefined);
    void run(amount);
  };
  if (shop.value?.charge_provider === 'none') return <p class="result">{say.none}</p>;
  return (
    <section class="panel" aria-labelledby="charge">
      <h2 id="charge">{say.charge}</h2>
      {unanswered.map((request) => {
        const amount = (JSON.parse(request.body) as { amount: number }).amount;
        return (
          <p key={request.key} class="result result-split">{say.unanswered(money(amount))}
            <button type="button" class="button button-small" disabled={working} onClick={() => void run(amount, request)}>{say.check}</button>
          </p>
        );
      })}
      <form class="form" onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}>
        <div class="quick">
          {quick_amounts().map((amount) => (
            <button key={amount} type="button" class="button button-small"
              onClick={() => set_typed(amount_text((parse_amount(typed) ?? 0) + amount))}>+{money(amount)}</button>
          ))}
        </div>
        <Field label={say.amount} name="amount" inputMode="numeric" value={typed} onInput={set_typed} problem={problem}
          hint={limit > 0 ? say.limit(money(limit)) : undefined} maxLength={16} autocomplete="off" />
        <button type="submit" class="button button-strong button-wide" disabled={working || !online.value}>
          {working ? say.charging : parse_amount(typed) ? `${money(parse_amount(typed) as number)} ${say.charge}` : say.charge}
        </button>
        {!online.value && <p class="field-note">{all_words().common.needs_network}</p>}
      </form>
    </section>
  );
}
