// What pages ask and are told by: fields, steppers, dialogs. The home page does without them.

import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { words } from '../i18n';
import { Icon } from './icons';

export function Stepper(props: {
  value: number; min?: number; max?: number; label: string; onChange: (value: number) => void;
}) {
  const { value, min = 1, max = 1_000_000, label, onChange } = props;
  const say = words().product;
  const set = (typed: string): void => {
    const wanted = Math.trunc(Number(typed));
    if (Number.isFinite(wanted) && wanted >= min) onChange(Math.min(wanted, 1_000_000));
  };
  return (
    <div class="stepper" role="group" aria-label={label}>
      <button type="button" aria-label={say.less} disabled={value <= min} onClick={() => onChange(value - 1)}>
        <Icon name="minus" size={18} />
      </button>
      <input type="text" inputMode="numeric" aria-label={label} value={value} maxLength={7}
        onChange={(event) => {
          set(event.currentTarget.value);
          event.currentTarget.value = String(value);
        }} />
      <button type="button" aria-label={say.more} disabled={value >= max} onClick={() => onChange(value + 1)}>
        <Icon name="plus" size={18} />
      </button>
    </div>
  );
}

/** The browser's own: it keeps the focus inside and closes on Escape. */
/** `may_close`: asked before the user's own Esc, a press beside it or on its cross. */
export function Dialog(props: {
  open: boolean; title: string; onClose: () => void; may_close?: () => boolean; children: ComponentChildren;
}) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = element.current;
    if (props.open && !dialog?.open) dialog?.showModal();
    if (!props.open && dialog?.open) dialog.close();
  }, [props.open]);
  const close = (event: Event): void => {
    event.preventDefault();
    if (props.may_close?.() ?? true) props.onClose();
  };
  const by_itself = (event: Event): void => {
    if (event.target === element.current) close(event); // not what comes up from a field in it
  };
  return (
    <dialog ref={element} class="sheet" aria-label={props.title} onClose={props.onClose} onCancel={by_itself} onClick={by_itself}>
      {props.open && (
        <div class="sheet-body">
          <div class="sheet-head">
            <h2>{props.title}</h2>
            <button type="button" class="icon-button" aria-label={words().nav.close} onClick={close}>
              <Icon name="close" />
            </button>
          </div>
          {props.children}
        </div>
      )}
    </dialog>
  );
}

export function Field(props: {
  label: string; name: string; value: string; onInput: (value: string) => void; type?: string; autocomplete?: string;
  hint?: string; problem?: string; required?: boolean; placeholder?: string; inputMode?: 'text' | 'numeric' | 'tel' | 'email';
  minLength?: number; maxLength?: number;
}) {
  const id = `field-${props.name}`;
  const note = props.problem ?? props.hint;
  return (
    <div class={`field ${props.problem ? 'field-bad' : ''}`}>
      <label for={id}>{props.label}{props.required && <span class="field-required" title={words().common.required}> *</span>}</label>
      <input id={id} name={props.name} type={props.type ?? 'text'} value={props.value} required={props.required}
        autocomplete={props.autocomplete as never} inputMode={props.inputMode} placeholder={props.placeholder}
        minLength={props.minLength} maxLength={props.maxLength} aria-invalid={props.problem ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined} onInput={(event) => props.onInput(event.currentTarget.value)} />
      {note && <p class="field-note" id={`${id}-note`}>{note}</p>}
    </div>
  );
}
