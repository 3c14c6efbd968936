// What is typed and not saved isn't lost unasked: by a link of the back office, by the back button, by closing the tab.

import { useLayoutEffect } from 'preact/hooks';
import { say_shell } from './words';

let unsaved = 0; // forms with something in them
let place = { state: null as unknown, href: '' }; // of the page that they are on

/** True when nothing would be lost, or may be. */
export const may_leave = (): boolean => unsaved === 0 || confirm(say_shell().leave_ask);

/** For a form: the page isn't left unasked while `changed`. */
export function useUnsaved(changed: boolean): void {
  useLayoutEffect(() => { // at once: who is quick leaves before the next frame
    if (!changed) return undefined;
    unsaved++;
    place = { state: history.state as unknown, href: location.href };
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => {
      unsaved--;
      removeEventListener('beforeunload', ask);
    };
  }, [changed]);
}

/** Once, before the router: what is refused here it never hears of. */
export function guard_leaving(): void {
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a');
    const { button, metaKey, ctrlKey, shiftKey, altKey } = event;
    if (!link || link.target || button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return;
    if (link.origin !== location.origin || !link.pathname.startsWith('/admin') || may_leave()) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  addEventListener('popstate', (event) => {
    if (may_leave()) return;
    event.stopImmediatePropagation();
    history.pushState(place.state, '', place.href); // whichever way one went, the form is the page again
  }, true);
}
