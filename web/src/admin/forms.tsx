// Fields of the back office. `name` is the field's within its form: its id is `field-` and that.

import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { amount_text, parse_amount } from '../i18n/typed_amount';
import { local_text, moment_of } from './times';
import { say_shell } from './words';

/** Null: the field is empty. Undefined: what is typed can't be read. */
export type Figure = number | null | undefined;

interface Common {
  label: string;
  name: string;
  hint?: string;
  problem?: string;
  required?: boolean;
  disabled?: boolean;
}

function Frame({ children, ...props }: Common & { children: (attributes: object) => ComponentChildren }) {
  const id = `field-${props.name}`;
  const note = props.problem ?? props.hint;
  return (
    <div class={`field ${props.problem ? 'field-bad' : ''}`}>
      <label for={id}>{props.label}{props.required && <span class="field-required"
        title={say_shell().required}> *</span>}</label>
      {children({
        id, name: props.name, required: props.required, disabled: props.disabled,
          'aria-invalid': props.problem ? true : undefined,
        'aria-describedby': note ? `${id}-note` : undefined,
      })}
      {note && <p class="field-note" id={`${id}-note`}>{note}</p>}
    </div>
  );
}

export function TextField(props: Common & {
  value: string; onInput: (value: string) => void; rows?: number; maxLength?: number; type?: 'text' | 'url' | 'email';
  autocomplete?: string;
  placeholder?: string;
}) {
  const { value, onInput, rows, maxLength, placeholder } = props;
  return (
    <Frame {...props}>
      {(attributes) => rows
        ? <textarea {...attributes} rows={rows} value={value} maxLength={maxLength} placeholder={placeholder}
        onInput={(event) => onInput(event.currentTarget.value)} />
        : <input {...attributes} type={props.type ?? 'text'} value={value} maxLength={maxLength}
        placeholder={placeholder}
          autocomplete={(props.autocomplete ?? 'off') as never} onInput={(event) =>
            onInput(event.currentTarget.value)} />}
    </Frame>
  );
}

/** A text in both languages. */
export function PairField(props: Common & {
  value: { ko?: string; en?: string }; onInput: (value: { ko: string; en: string }) => void; rows?: number;
  maxLength?: number;
}) {
  const say = say_shell();
  const { ko = '', en = '' } = props.value;
  return (
    <fieldset class="pair">
      <legend class="visually-hidden">{props.label}</legend>
      <TextField {...props} name={`${props.name}-ko`} label={`${props.label} · ${say.korean}`} value={ko}
        onInput={(value) => props.onInput({ ko: value, en })} />
      <TextField {...props} name={`${props.name}-en`} label={`${props.label} · ${say.english}`} value={en}
        required={false} hint={undefined} problem={undefined}
        onInput={(value) => props.onInput({ ko, en: value })} />
    </fieldset>
  );
}

/** What is typed stays as it is typed while it means the same; what can't be read is said and told as `undefined`. */
function Parsed(props: Common & {
  value: Figure; parse: (typed: string) => Figure; print: (value: Figure) => string; fault: string;
  onInput: (value: Figure) => void;
  type?: string; inputMode?: 'numeric' | 'decimal';
}) {
  const [typed, set_typed] = useState(() => props.print(props.value));
  const meant = props.parse(typed);
  useEffect(() => {
    if (props.value !== undefined && meant !== props.value) set_typed(props.print(props.value));
  }, [props.value]);
  return (
    <Frame {...props} problem={props.problem ?? (meant === undefined && typed !== '' ? props.fault : undefined)}>
      {(attributes) => (
        <input {...attributes} type={props.type ?? 'text'} inputMode={props.inputMode} value={typed} autocomplete="off"
          onInput={(event) => {
            set_typed(event.currentTarget.value);
            props.onInput(props.parse(event.currentTarget.value));
          }} />
      )}
    </Frame>
  );
}

/** Whole numbers; empty is null. `undefined`: what is typed is no such number. */
export function NumberField(props: Common & { value: Figure; onInput: (value: Figure) => void; min?: number;
  max?: number }) {
  const { min = 0, max = Number.MAX_SAFE_INTEGER } = props;
  const parse = (typed: string): Figure => {
    const clean = typed.replace(/[\s,]/g, '');
    if (clean === '') return props.required ? undefined : null;
    const value = Number(clean);
    return /^[+-]?\d+$/.test(clean) && value >= min && value <= max ? value : undefined;
  };
  return <Parsed {...props} parse={parse} print={(value) => (value == null ? '' : String(value))}
    fault={say_shell().no_number} inputMode={min < 0 ? undefined : 'numeric'} />;
}

/** Money in minor units, typed in the shop's currency; empty is null. */
export function AmountField(props: Common & { value: Figure; onInput: (value: Figure) => void }) {
  const parse = (typed: string): Figure =>
    typed.trim() === '' ? (props.required ? undefined : null) : (parse_amount(typed) ?? undefined);
  return <Parsed {...props} parse={parse} print={(value) => (value == null ? '' : amount_text(value))}
    fault={say_shell().no_amount} inputMode="decimal" />;
}

/** Basis points, typed as percent with two decimals at most; empty is null. */
export function PercentField(props: Common & { value: number | null | undefined;
  onInput: (value: number | null | undefined) => void }) {
  const parse = (typed: string): number | null | undefined => {
    const clean = typed.replace(/[\s%]/g, '');
    if (clean === '') return props.required ? undefined : null;
    const match = /^(\d{1,4})(?:\.(\d{1,2}))?$/.exec(clean);
    return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : undefined;
  };
  return <Parsed {...props} parse={parse} print={(value) => (value == null ? '' : String(value / 100))}
    fault={say_shell().no_number} inputMode="decimal" />;
}

/** A time by the shop's clock, in ms; empty is null. */
export function MomentField(props: Common & { value: Figure; onInput: (value: Figure) => void }) {
  const parse = (typed: string): Figure => (typed === '' ? (props.required ? undefined : null) : moment_of(typed));
  return <Parsed {...props} parse={parse} print={(value) => (value == null ? '' : local_text(value))}
    fault={say_shell().check_this} type="datetime-local" />;
}

export function SelectField<V extends string>(props: Common & { value: V; options: [value: V,
  label: string][]; onInput: (value: V) => void }) {
  return (
    <Frame {...props}>
      {(attributes) => (
        <span class="select select-wide">
          <select {...attributes} value={props.value} onChange={(event) =>
            props.onInput(event.currentTarget.value as V)}>
            {props.options.map(([value, label]) => <option key={value} value={value} selected={value === props.value}>
              {label}</option>)}
          </select>
        </span>
      )}
    </Frame>
  );
}

export function CheckField(props: { label: string; name: string; value: boolean; onInput: (value: boolean) => void;
  hint?: string; disabled?: boolean }) {
  const id = `field-${props.name}`;
  return (
    <div class="check-field">
      <label class="check" for={id}>
        <input id={id} name={props.name} type="checkbox" checked={props.value} disabled={props.disabled}
          aria-describedby={props.hint ? `${id}-note` : undefined} onChange={(event) =>
            props.onInput(event.currentTarget.checked)} />
        {props.label}
      </label>
      {props.hint && <p class="field-note" id={`${id}-note`}>{props.hint}</p>}
    </div>
  );
}
