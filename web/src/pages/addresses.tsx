import { useState } from 'preact/hooks';
import type { Address, SavedAddress, SavedAddressList } from '../api_types';
import { AddressFields, AddressText, is_filled_in, NO_ADDRESS } from '../components/address_form';
import { Dialog } from '../components/form';
import { ProblemNote } from '../components/problem_note';
import { Empty, PageHead, problem_text, ProblemState, show_problem, show_toast, Skeleton, useSettled } from '../components/ui';
import { all_words } from '../i18n';
import { client, online } from '../state/shop';
import { useResource } from '../state/resource';
import type { Answer } from '../store/rest';

export const ADDRESSES = '/me/addresses';

export function AddressesPage() {
  const say = all_words().addresses;
  const addresses = useResource<SavedAddressList>(ADDRESSES);
  /** Whose form is open: a saved one's, a new one's, nobody's. */
  const [edited, set_edited] = useState<SavedAddress | 'new' | null>(null);
  useSettled(Boolean(addresses.data));
  const items = addresses.data?.items;
  /** Every change may move the default, so the list is asked again. */
  const done = (answer: Answer<unknown>, word: string, undo?: () => void): void => {
    if (!answer.ok) return show_problem(answer.problem);
    show_toast(word, undo ? { action: { label: all_words().undo, run: undo } } : {});
    addresses.reload();
  };
  const remove = async (address: SavedAddress): Promise<void> => {
    const { id, ...content } = address;
    const undo = async (): Promise<void> => done(await client.rest.post(ADDRESSES, content), say.saved);
    done(await client.rest.change('DELETE', `${ADDRESSES}/${id}`), say.removed, () => void undo());
  };
  const make_default = async ({ id }: SavedAddress): Promise<void> =>
    done(await client.rest.change('PATCH', `${ADDRESSES}/${id}`, { is_default: true }), say.default_changed);
  return (
    <div class="narrow">
      <PageHead title={say.title} />
      {!items && addresses.problem ? <ProblemState problem={addresses.problem} retry={addresses.reload} />
        : items?.length === 0 ? (
          <Empty icon="home" title={say.empty} hint={say.empty_hint}>
            <button type="button" class="button button-strong" onClick={() => set_edited('new')}>{say.add}</button>
          </Empty>
        ) : (
          <>
            <ul class="addresses">
              {items?.map((address) => (
                <li key={address.id} class="panel">
                  {address.is_default && <span class="chip chip-coming">{say.is_default}</span>}
                  <AddressText address={address} />
                  <div class="address-actions">
                    <button type="button" class="button button-small" aria-label={say.edit_of(address.name)} onClick={() => set_edited(address)}>{say.edit}</button>
                    {!address.is_default && <button type="button" class="button button-small" disabled={!online.value} onClick={() => void make_default(address)}>{say.make_default}</button>}
                    <button type="button" class="button button-small" aria-label={say.remove_of(address.name)} disabled={!online.value} onClick={() => void remove(address)}>{say.remove}</button>
                  </div>
                </li>
              )) ?? <Skeleton kind="block" count={2} />}
            </ul>
            {items && <p class="more"><button type="button" class="button" onClick={() => set_edited('new')}>{say.add}</button></p>}
          </>
        )}
      <Dialog open={edited !== null} title={edited === 'new' ? say.add : say.edit_title} onClose={() => set_edited(null)}>
        {edited !== null && (
          <AddressEditor edited={edited} onSaved={() => {
            set_edited(null);
            show_toast(say.saved);
            addresses.reload();
          }} />
        )}
      </Dialog>
    </div>
  );
}

function AddressEditor({ edited, onSaved }: { edited: SavedAddress | 'new'; onSaved: () => void }) {
  const say = all_words();
  const [address, set_address] = useState<Address>(edited === 'new' ? NO_ADDRESS : edited);
  const [is_default, set_default] = useState(edited !== 'new' && edited.is_default);
  const [checked, set_checked] = useState(false);
  const [problem, set_problem] = useState<string>();
  const [working, set_working] = useState(false);
  const submit = async (): Promise<void> => {
    set_checked(true);
    set_problem(undefined);
    if (!is_filled_in(address)) return;
    set_working(true);
    const { name, phone, postcode, line1, line2, note } = address;
    const body = { name, phone, postcode, line1, line2, note, is_default };
    const answer = edited === 'new' ? await client.rest.post_once(ADDRESSES, body) : await client.rest.change('PATCH', `${ADDRESSES}/${edited.id}`, body);
    set_working(false);
    if (answer.ok) onSaved();
    else set_problem(problem_text(answer.problem));
  };
  return (
    <form class="form" noValidate onSubmit={(event) => {
      event.preventDefault();
      void submit();
    }}>
      <AddressFields address={address} onChange={set_address} checked={checked} />
      {!(edited !== 'new' && edited.is_default) && (
        <label class="check"><input type="checkbox" checked={is_default} onChange={(event) => set_default(event.currentTarget.checked)} />{say.addresses.is_default}</label>
      )}
      <ProblemNote text={problem} />
      {!online.value && <p class="buy-bar-why">{say.common.needs_network}</p>}
      <button type="submit" class="button button-strong button-wide button-tall" disabled={working || !online.value}>{working ? say.account.working : say.addresses.save}</button>
    </form>
  );
}
