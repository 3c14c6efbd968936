import { Empty, useTitle } from '../components/ui';
import { all_words } from '../i18n';

export function MissingPage() {
  const say = all_words().missing;
  useTitle(say.title);
  return <Empty page icon="search" title={say.title} hint={say.hint}><a class="button button-strong" href="/">{say.home}</a></Empty>;
}
