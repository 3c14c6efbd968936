// The fields of a delivery address, and an address as it is written on a parcel.

import type { Address } from '../api_types';
import { all_words } from '../i18n';
import { Field } from './form';

export const NO_ADDRESS: Address = { name: '', phone: '', postcode: '', line1: '', line2: '', note: '' };
const NEEDED = ['name', 'phone', 'postcode', 'line1'] as const;

/** Takes the shopper to the first field that is still empty; true when there is none. */
export function is_filled_in(address: Address): boolean {
  const empty = NEEDED.find((field) => !address[field].trim());
  if (empty) document.getElementById(`field-${empty}`)?.focus();
  return !empty;
}

export function AddressFields({ address, onChange, checked }: {
  address: Address; onChange: (address: Address) => void; checked: boolean;
}) {
  const say = all_words().checkout;
  const field = (name: keyof Address, label: string, more: Partial<Parameters<typeof Field>[0]> = {}) => {
    const needed = (NEEDED as readonly string[]).includes(name);
    return (
      <Field label={label} name={name} value={address[name]} required={needed} onInput={(value) => onChange({ ...address, [name]: value })}
        problem={checked && needed && !address[name].trim() ? say.fill_in : undefined} maxLength={200} {...more} />
    );
  };
  return (
    <div class="form form-address">
      {field('name', say.recipient, { autocomplete: 'name', maxLength: 100 })}
      {field('phone', say.phone, { autocomplete: 'tel', inputMode: 'tel', maxLength: 40 })}
      {field('postcode', say.postcode, { autocomplete: 'postal-code', inputMode: 'numeric', maxLength: 20 })}
      {field('line1', say.line1, { autocomplete: 'address-line1' })}
      {field('line2', say.line2, { autocomplete: 'address-line2' })}
      {field('note', say.note, { placeholder: say.note_hint, autocomplete: 'off' })}
    </div>
  );
}

export function AddressText({ address }: { address: Address }) {
  return (
    <address>
      <b>{address.name}</b> {address.phone}<br />
      ({address.postcode}) {address.line1} {address.line2}
      {address.note && <><br /><span class="muted">{address.note}</span></>}
    </address>
  );
}
