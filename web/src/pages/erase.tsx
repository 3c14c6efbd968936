// The end of an account: what goes, what stays, and only then the button.

import { useState } from 'preact/hooks';
import { Field } from '../components/form';
import { ProblemNote } from '../components/problem_note';
import { PageHead, problem_text, show_toast, useSettled } from '../components/ui';
import { all_words } from '../i18n';
import { money } from '../i18n/format';
import { navigate } from '../router';
import { forget_everything } from '../state/resource';
import { client, me, online } from '../state/shop';
import type { Problem } from '../store/rest';

export function ErasePage() {
  const say = all_words().erase;
  const [password, set_password] = useState('');
  const [understood, set_understood] = useState(false);
  const [forfeit, set_forfeit] = useState(false);
  const [problem, set_problem] = useState<Problem | null>(null);
  const [working, set_working] = useState(false);
  useSettled(true);
  const balance = me.value?.balance ?? 0;
  const submit = async (): Promise<void> => {
    set_working(true);
    set_problem(null);
    const answer = await client.rest.change('DELETE', '/me', { password, forfeit_balance: forfeit });
    if (!answer.ok) {
      set_working(false);
      if (answer.problem.code === 'still_in_use') client.sync_soon(); // money has come meanwhile: ask about it
      return set_problem(answer.problem);
    }
    await client.sign_out(); // nothing of the account stays in this browser either
    forget_everything();
    show_toast(say.done);
    navigate('/', { replace: true });
  };
  const text = problem?.code === 'invalid_credentials' ? say.wrong : problem ? problem_text(problem) : undefined;
  return (
    <div class="narrow">
      <PageHead title={say.title}><p class="muted">{say.lead}</p></PageHead>
      <div class="panel consequences">
        <h2>{say.gone_title}</h2>
        <ul>{say.gone.map((line) => <li key={line}>{line}</li>)}</ul>
        <h2>{say.kept_title}</h2>
        <ul>{say.kept.map((line) => <li key={line}>{line}</li>)}</ul>
        <p class="muted">{say.open}</p>
      </div>
      <form class="form erase" onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}>
        <Field label={say.password} name="password" type="password" value={password} onInput={set_password} autocomplete="current-password" required maxLength={1024} />
        {balance > 0 && (
          <label class="check"><input type="checkbox" required checked={forfeit} onChange={(event) => set_forfeit(event.currentTarget.checked)} />{say.balance(money(balance))}</label>
        )}
        <label class="check"><input type="checkbox" required checked={understood} onChange={(event) => set_understood(event.currentTarget.checked)} />{say.understood}</label>
        <ProblemNote text={text} />
        {!online.value && <p class="buy-bar-why">{all_words().common.needs_network}</p>}
        <div class="buy-buttons">
          <a class="button button-tall" href="/me">{say.keep}</a>
          <button type="submit" class="button button-danger button-tall" disabled={working || !online.value || !understood || (balance > 0 && !forfeit)}>
            {working ? say.working : say.confirm}
          </button>
        </div>
      </form>
    </div>
  );
}
