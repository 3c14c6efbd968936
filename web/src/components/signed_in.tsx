import type { ComponentChildren } from 'preact';
import { all_words } from '../i18n';
import { place } from '../router';
import { me } from '../state/shop';
import { Empty, useTitle } from './ui';

/** For pages that are an account's: asks guests to sign in, and brings them back. */
export function SignedIn({ children }: { children: ComponentChildren }) {
  return me.value ? <>{children}</> : <AskToSignIn />;
}

function AskToSignIn() {
  const say = all_words();
  useTitle(say.nav.sign_in);
  const here = place.value.path + (place.value.query.size ? `?${place.value.query}` : '');
  return (
    <Empty page icon="user" title={say.account.need_sign_in}>
      <a class="button button-strong" href={`/signin?next=${encodeURIComponent(here)}`}>{say.nav.sign_in}</a>
      <a class="button" href={`/register?next=${encodeURIComponent(here)}`}>{say.nav.register}</a>
    </Empty>
  );
}
