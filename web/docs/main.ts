// /docs: reads /openapi.json, lists the operations by tag, and sends what is filled in. Nothing comes from elsewhere.

import '../src/styles/tokens.css';
import './docs.css';
import { in_words, resolve, type Answer, type Content, type Description, type Operation, type Schema } from './description';
import { element } from './element';
import { trial } from './trial';

const ACCESS = { anyone: 'anyone', shopper: 'signed in', admin: 'admin' };

async function start(): Promise<void> {
  const main = document.querySelector<HTMLElement>('#main');
  const session = document.querySelector<HTMLFormElement>('#session');
  if (!main || !session) return;
  const answer = await fetch('/openapi.json');
  if (!answer.ok) return main.replaceChildren(element('p', { textContent: `/openapi.json: ${answer.status}` }));
  const description = await answer.json() as Description;
  const token = element('input', { type: 'password', autocomplete: 'off', id: 'token' });
  session.append(element('label', {}, element('span', { className: 'name', textContent: 'Token' }),
    element('span', { className: 'hint', textContent: 'Of “session”: “token”. Empty: who is signed in in this browser' }), token));
  session.addEventListener('submit', (event) => event.preventDefault());
  main.replaceChildren(about(description), ...sections(description, () => token.value.trim()), schemas(description));
  open_named();
  addEventListener('hashchange', open_named);
}

/** What the address names is opened and shown. */
function open_named(): void {
  const named = document.getElementById(location.hash.slice(1));
  if (named instanceof HTMLDetailsElement) named.open = true;
  named?.scrollIntoView();
}

function about(description: Description): HTMLElement {
  const links = [...description.tags.map(({ name }) => name), 'schemas'].map((name) =>
    element('li', {}, element('a', { href: `#${name}`, textContent: name })));
  const nav = element('nav', {}, element('ul', {}, ...links));
  nav.setAttribute('aria-label', 'Sections');
  return element('section', { className: 'about' }, ...paragraphs(description.info.description), nav);
}

/** Paragraphs of text with **strong** and `code` in them. */
function paragraphs(text: string): HTMLElement[] {
  return text.trim().split(/\n\n+/).map((paragraph) => {
    const parts = paragraph.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map((part) => {
      if (part.startsWith('**')) return element('strong', { textContent: part.slice(2, -2) });
      return part.startsWith('`') ? element('code', { textContent: part.slice(1, -1) }) : part;
    });
    return element('p', {}, ...parts);
  });
}

function sections(description: Description, token_of: () => string): HTMLElement[] {
  const all = Object.entries(description.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })));
  return description.tags.map((tag) => {
    const own = all.filter(({ operation }) => operation.tags.includes(tag.name));
    return element('section', { id: tag.name }, element('h2', { textContent: tag.description }),
      ...own.map(({ method, path, operation }) => entry(description, method, path, operation, token_of)));
  });
}

function entry(description: Description, method: string, path: string, operation: Operation, token_of: () => string): HTMLElement {
  const details = element('details', { id: operation.operationId, className: 'operation' },
    element('summary', {},
      element('span', { className: 'method', textContent: method, data: { method } }), ' ',
      element('code', { textContent: path }), ' ',
      element('span', { className: 'does', textContent: operation.summary }), ' ',
      element('span', { className: 'access', textContent: ACCESS[operation['x-access']] })));
  // Made when it is opened: all of them at once would be slow on a phone.
  details.addEventListener('toggle', () => {
    if (details.childElementCount > 1) return;
    details.append(...(operation.description ? paragraphs(operation.description) : []),
      trial(description, method, path, operation, token_of),
      ...(operation.requestBody ? [element('h3', { textContent: 'Body' }), content_in_words(operation.requestBody.content)] : []),
      element('h3', { textContent: 'Answers' }), answers(description, operation));
  });
  return details;
}

function answers(description: Description, operation: Operation): HTMLElement {
  const rows = Object.entries(operation.responses).flatMap(([status, part]) => {
    const { description: what, content } = resolve<Answer>(description, part);
    const is_problem = content !== undefined && 'application/problem+json' in content;
    return [element('dt', { textContent: status }),
      element('dd', {}, ...what.split('\n').flatMap((line) => paragraphs(line)), content && !is_problem ? content_in_words(content) : undefined)];
  });
  return element('dl', {}, ...rows);
}

function content_in_words(content: Content): HTMLElement {
  return element('div', {}, ...Object.entries(content).map(([type, { schema }]) =>
    element('div', {}, element('span', { className: 'hint', textContent: type }), schema ? text_of(schema) : undefined)));
}

function text_of(schema: Schema): HTMLElement {
  const parts = in_words(schema).map((part) =>
    typeof part === 'string' ? part : element('a', { href: `#${part.name}`, textContent: part.name }));
  return element('pre', { tabIndex: 0 }, ...parts);
}

function schemas(description: Description): HTMLElement {
  const all = Object.entries(description.components.schemas).map(([name, schema]) => {
    const details = element('details', { id: name }, element('summary', {}, element('code', { textContent: name })));
    details.addEventListener('toggle', () => {
      if (details.childElementCount === 1) details.append(text_of(schema));
    });
    return details;
  });
  return element('section', { id: 'schemas' }, element('h2', { textContent: 'Schemas' }), ...all);
}

void start();
