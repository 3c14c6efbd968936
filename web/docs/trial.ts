// The form below an operation: its parameters, its body, and what the server says to them.

import { resolve, sample, type Description, type Operation, type Parameter } from './description';
import { element } from './element';

/** The token to send, empty: the browser's own session counts. */
export type TokenOf = () => string;

interface Input {
  parameter: Parameter;
  field: HTMLInputElement;
}

export function trial(description: Description, method: string, path: string, operation: Operation, token_of: TokenOf): HTMLElement {
  const inputs = (operation.parameters ?? []).map((part) => input(resolve<Parameter>(description, part), operation));
  const body = body_field(description, operation);
  const send = element('button', { type: 'submit', textContent: 'Send' });
  const stop = element('button', { type: 'button', textContent: 'Stop', hidden: true });
  const output = element('div', { className: 'output' });
  output.setAttribute('role', 'status');
  const form = element('form', { className: 'trial' },
    ...inputs.map(({ parameter, field }) => labelled(field, `${parameter.name}${parameter.required ? ' *' : ''}`, `${parameter.in}${parameter.description ? `: ${parameter.description}` : ''}`)),
    body && labelled(body, 'Body'), element('div', { className: 'buttons' }, send, stop), output);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const request = request_of(method, path, inputs, body?.value ?? '', token_of());
    void show(request, output, stop);
  });
  return form;
}

function labelled(field: HTMLElement, name: string, hint = ''): HTMLElement {
  return element('label', {}, element('span', { className: 'name', textContent: name }),
    hint ? element('span', { className: 'hint', textContent: hint }) : undefined, field);
}

function input(parameter: Parameter, operation: Operation): Input {
  const field = element('input', { type: 'text', autocomplete: 'off', spellcheck: false, required: parameter.required ?? false });
  field.dataset['parameter'] = parameter.name;
  if (parameter.name === 'Idempotency-Key' && parameter.required) field.value = crypto.randomUUID();
  if (parameter.schema.default !== undefined) field.placeholder = String(parameter.schema.default);
  field.id = `${operation.operationId}-${parameter.name}`;
  return { parameter, field };
}

function body_field(description: Description, operation: Operation): HTMLTextAreaElement | undefined {
  const [content] = Object.entries(operation.requestBody?.content ?? {});
  if (!content) return undefined;
  const [type, { schema, example }] = content;
  const field = element('textarea', { spellcheck: false, rows: 8 });
  field.dataset['type'] = type;
  if (operation.requestBody?.required && type === 'application/json') {
    field.value = JSON.stringify(example ?? sample(description, schema ?? {}), null, 2);
  } else {
    field.rows = 2;
  }
  return field;
}

function request_of(method: string, path: string, inputs: Input[], body: string, token: string): Request {
  const headers = new Headers();
  const query = new URLSearchParams();
  let target = path;
  for (const { parameter, field } of inputs) {
    if (parameter.in === 'path') target = target.replace(`{${parameter.name}}`, encodeURIComponent(field.value));
    else if (field.value === '') continue;
    else if (parameter.in === 'query') query.set(parameter.name, field.value);
    else headers.set(parameter.name, field.value);
  }
  if (token) headers.set('Authorization', `Bearer ${token}`);
  if (body.trim()) headers.set('Content-Type', 'application/json');
  const url = query.size > 0 ? `${target}?${query}` : target;
  return new Request(url, { method, headers, body: body.trim() || null, cache: 'no-store' });
}

async function show(request: Request, output: HTMLElement, stop: HTMLButtonElement): Promise<void> {
  output.replaceChildren('…');
  try {
    const ending = new AbortController();
    const answer = await fetch(request, { signal: ending.signal });
    const type = answer.headers.get('Content-Type') ?? '';
    const text = element('pre', { tabIndex: 0 });
    const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n');
    output.replaceChildren(
      element('p', { className: 'status', textContent: `${answer.status} ${answer.statusText}`, data: { ok: String(answer.ok) } }),
      element('details', {}, element('summary', { textContent: 'Headers' }), element('pre', { textContent: headers, tabIndex: 0 })), text);
    if (type.startsWith('text/event-stream')) await follow(answer, text, stop, ending);
    else if (type.includes('json')) text.textContent = JSON.stringify(JSON.parse(await answer.text()), null, 2);
    else if (type.startsWith('image/')) text.textContent = `${(await answer.blob()).size} bytes of ${type}`;
    else text.textContent = await answer.text();
  } catch (error) {
    output.replaceChildren(element('p', { className: 'status', textContent: String(error), data: { ok: 'false' } }));
  }
}

/** The live stream, as it comes, until it is stopped. */
async function follow(answer: Response, text: HTMLElement, stop: HTMLButtonElement, ending: AbortController): Promise<void> {
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  stop.hidden = false;
  stop.onclick = () => ending.abort();
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) text.append(part.value);
  } catch (error) {
    if (!ending.signal.aborted) throw error;
  } finally {
    stop.hidden = true;
  }
}
