// A password that was forgotten (by the link of a mail: /reset#token), and one that is changed.

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { Field } from '../components/form';
import { Icon } from '../components/icons';
import { ProblemNote } from '../components/problem_note';
import { PageHead, problem_text, show_toast, useSettled } from '../components/ui';
import { all_words } from '../i18n';
import { navigate, place } from '../router';
import { client, me, online } from '../state/shop';
import type { Problem } from '../store/rest';

const SHORTEST = 8;
const LONGEST = 1024;

/** The word behind the `#` never goes to a server with the address. It stays there, so that a reload keeps it. */
export function ResetPage() {
  place.value; // a link that is opened in this very tab only changes what is behind the `#`
  const token = location.hash.slice(1);
  return token ? <NewPassword key={token} token={token} /> : <AskForLink />;
}

function AskForLink() {
  const say = all_words();
  const [email, set_email] = useState('');
  const [sent_to, set_sent_to] = useState<string | null>(null);
  const [problem, set_problem] = useState<Problem | null>(null);
  const [working, set_working] = useState(false);
  useSettled(true);
  const submit = async (): Promise<void> => {
    set_working(true);
    set_problem(null);
    const answer = await client.rest.post('/auth/reset', { email: email.trim() });
    set_working(false);
    if (answer.ok) set_sent_to(email.trim());
    else set_problem(answer.problem);
  };
  if (sent_to !== null) {
    return (
      <div class="narrow sent" role="status">
        <span class="thanks-icon"><Icon name="mail" size={32} /></span>
        <PageHead title={say.password.sent_title}><p>{say.password.sent(sent_to)}</p></PageHead>
        <p class="muted">{say.password.sent_hint}</p>
        <a class="button button-wide" href="/signin">{say.password.back_to_sign_in}</a>
        <button type="button" class="link" onClick={() => set_sent_to(null)}>{say.password.again}</button>
      </div>
    );
  }
  return (
    <div class="narrow">
      <PageHead title={say.password.ask_title}><p class="muted">{say.password.ask_hint}</p></PageHead>
      <form class="form" onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}>
        <Field label={say.account.email} name="email" type="email" inputMode="email" value={email} onInput={set_email} autocomplete="username" required maxLength={254} />
        <ProblemNote text={problem ? problem_text(problem) : undefined} />
        <button type="submit" class="button button-strong button-wide button-tall" disabled={working}>{working ? say.account.working : say.password.send}</button>
      </form>
      <p class="enter-other"><a class="link" href="/signin">{say.password.back_to_sign_in}</a></p>
    </div>
  );
}

function NewPassword({ token }: { token: string }) {
  const say = all_words().password;
  const [problem, set_problem] = useState<Problem | null>(null);
  useSettled(true);
  const save = async (password: string): Promise<void> => {
    set_problem(null);
    const answer = await client.rest.post('/auth/reset/confirm', { token, password });
    if (!answer.ok) return set_problem(answer.problem);
    show_toast(say.reset_done);
    navigate('/signin', { replace: true });
  };
  return (
    <div class="narrow">
      <PageHead title={say.new_title}><p class="muted">{say.new_hint}</p></PageHead>
      <PasswordForm save={save} problem={problem ? problem_text(problem) : undefined} />
      {problem?.code === 'reset_link_invalid' && <p class="enter-other"><a class="link" href="/reset">{say.ask_again}</a></p>}
    </div>
  );
}

export function PasswordPage() {
  const say = all_words().password;
  const [current, set_current] = useState('');
  const [problem, set_problem] = useState<Problem | null>(null);
  useSettled(true);
  const save = async (password: string): Promise<void> => {
    set_problem(null);
    const answer = await client.rest.change('PUT', '/me/password', { password: current, new_password: password });
    if (!answer.ok) return set_problem(answer.problem);
    show_toast(say.changed);
    navigate('/me', { replace: true });
  };
  const text = problem?.code === 'invalid_credentials' ? say.wrong : problem ? problem_text(problem) : undefined;
  return (
    <div class="narrow">
      <PageHead title={say.title}><p class="muted">{say.others}</p></PageHead>
      <PasswordForm save={save} problem={text}>
        <Field label={say.current} name="current" type="password" value={current} onInput={set_current} autocomplete="current-password" required maxLength={LONGEST} />
      </PasswordForm>
      <p class="enter-other"><a class="link" href="/reset">{say.forgot}</a></p>
    </div>
  );
}

function PasswordForm({ save, problem, children }: {
  save: (password: string) => Promise<void>; problem: string | undefined; children?: ComponentChildren;
}) {
  const say = all_words();
  const [password, set_password] = useState('');
  const [repeat, set_repeat] = useState('');
  const [checked, set_checked] = useState(false);
  const [working, set_working] = useState(false);
  const differs = password !== repeat;
  return (
    <form class="form" onSubmit={(event) => {
      event.preventDefault();
      set_checked(true);
      if (differs) return document.getElementById('field-repeat')?.focus();
      set_working(true);
      void save(password).finally(() => set_working(false));
    }}>
      {/* so that password managers know whose it is */}
      {me.value && <input type="text" name="username" autocomplete="username" value={me.value.email} readOnly hidden />}
      {children}
      <Field label={say.password.new_password} name="password" type="password" value={password} onInput={set_password} autocomplete="new-password"
        required minLength={SHORTEST} maxLength={LONGEST} hint={say.account.password_hint} />
      <Field label={say.password.repeat} name="repeat" type="password" value={repeat} onInput={set_repeat} autocomplete="new-password"
        required maxLength={LONGEST} problem={checked && differs ? say.password.differs : undefined} />
      <ProblemNote text={problem} />
      {!online.value && <p class="buy-bar-why">{say.common.needs_network}</p>}
      <button type="submit" class="button button-strong button-wide button-tall" disabled={working || !online.value}>
        {working ? say.account.working : say.password.save}
      </button>
    </form>
  );
}
