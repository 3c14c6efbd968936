import { useEffect, useState } from 'preact/hooks';
import { Field } from '../components/form';
import { Icon, type IconName } from '../components/icons';
import { PageHead, problem_text, show_toast, useSettled } from '../components/ui';
import { sign_out } from '../components/layout';
import { all_words, language, toggle_language } from '../i18n';
import { money } from '../i18n/format';
import { navigate, place } from '../router';
import { cart, client, me, wallet } from '../state/shop';

/** Only places of this shop are gone back to. */
function next_place(): string {
  const next = place.value.query.get('next') ?? '/';
  return /^\/(?![/\\])/.test(next) ? next : '/';
}

export const SignInPage = () => <Enter registering={false} />;
export const RegisterPage = () => <Enter registering />;

function Enter({ registering }: { registering: boolean }) {
  const say = all_words().account;
  const [email, set_email] = useState('');
  const [password, set_password] = useState('');
  const [name, set_name] = useState('');
  const [problem, set_problem] = useState<string>();
  const [working, set_working] = useState(false);
  useSettled(true);
  useEffect(() => set_problem(undefined), [registering]);
  const merging = cart.value.owner === null && cart.value.lines.length > 0;
  const next = next_place();
  const other = `${registering ? '/signin' : '/register'}${next === '/' ? '' : `?next=${encodeURIComponent(next)}`}`;
  const submit = async (): Promise<void> => {
    set_working(true);
    set_problem(undefined);
    const answer = registering
      ? await client.enter('/auth/register', { email: email.trim(), password, name: name.trim(), language: language() })
      : await client.enter('/auth/login', { email: email.trim(), password });
    set_working(false);
    if (!answer.ok) return set_problem(problem_text(answer.problem));
    show_toast(merging ? say.merged : say.welcome(answer.value.me.name));
    navigate(next, { replace: true });
  };
  return (
    <div class="narrow">
      <PageHead title={registering ? say.register_title : say.sign_in_title}>
        {merging && <p class="muted">{say.cart_kept}</p>}
      </PageHead>
      <form class="form" onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}>
        {registering && <Field label={say.name} name="name" value={name} onInput={set_name} autocomplete="name" required maxLength={100} />}
        <Field label={say.email} name="email" type="email" inputMode="email" value={email} onInput={set_email} autocomplete="username" required maxLength={254} />
        <Field label={say.password} name="password" type="password" value={password} onInput={set_password} required maxLength={1024}
          autocomplete={registering ? 'new-password' : 'current-password'} minLength={registering ? 8 : undefined}
          hint={registering ? say.password_hint : undefined} />
        <div role="alert">{problem && <p class="result result-bad">{problem}</p>}</div>
        <button type="submit" class="button button-strong button-wide button-tall" disabled={working}>
          {working ? say.working : registering ? say.register : say.sign_in}
        </button>
      </form>
      {!registering && <p class="enter-other"><a class="link" href="/reset">{all_words().password.forgot}</a></p>}
      <p class="enter-other">{registering ? say.have_account : say.no_account} <a class="link" href={other}>{registering ? say.sign_in : say.register}</a></p>
    </div>
  );
}

export function MyPage() {
  const say = all_words();
  useSettled(true);
  const usable = wallet.value.filter((coupon) => coupon.status === 'AVAILABLE').length;
  const links: [string, string, IconName, string][] = [
    ['/orders', say.nav.orders, 'receipt', ''],
    ['/coupons', say.nav.coupons, 'ticket', String(usable)],
    ['/balance', say.nav.balance, 'wallet', money(me.value?.balance ?? 0)],
  ];
  const settings: [string, string][] = [
    ['/me/addresses', say.settings.addresses], ['/me/password', say.settings.password], ['/me/erase', say.settings.erase],
  ];
  return (
    <div class="narrow">
      <PageHead title={me.value ? say.nav.hello(me.value.name) : say.nav.my}>
        {me.value && <p class="muted">{me.value.email}</p>}
      </PageHead>
      {me.value ? (
        <ul class="rows">
          {links.map(([to, name, icon, value]) => (
            <li key={to}><a href={to} class="row"><Icon name={icon} /><span>{name}</span><b>{value}</b><Icon name="next" size={18} /></a></li>
          ))}
        </ul>
      ) : (
        <div class="panel my-guest">
          <a class="button button-strong button-wide" href="/signin">{say.nav.sign_in}</a>
          <a class="button button-wide" href="/register">{say.nav.register}</a>
        </div>
      )}
      <ul class="rows" aria-label={say.settings.title}>
        {me.value && settings.map(([to, name]) => <li key={to}><a href={to} class="row"><span>{name}</span><Icon name="next" size={18} /></a></li>)}
        <li><button type="button" class="row" onClick={toggle_language}><span>{say.nav.language}</span></button></li>
        {me.value && <li><button type="button" class="row" onClick={() => void sign_out()}><span>{say.nav.sign_out}</span></button></li>}
      </ul>
    </div>
  );
}
