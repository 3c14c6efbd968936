// A strict JSON reader for the pricing oracle. It keeps what JSON.parse forgets: duplicate keys, the spelling
// of numbers (`1.0`, `1e3`, integers above 2^53) and lone surrogates. Source: RFC 8259; PRICING.md "Request".
//
// A node is one of
//   { kind: 'object', entries: [{ key, node }] }   in input order, duplicates included
//   { kind: 'array', items: [node] }
//   { kind: 'string', value }                      may hold lone surrogates: ask value.isWellFormed()
//   { kind: 'number', token }                      the spelling
//   { kind: 'boolean', value }   { kind: 'null' }

export class MalformedJson extends Error {}

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const WORDS = [
  ['true', { kind: 'boolean', value: true }],
  ['false', { kind: 'boolean', value: false }],
  ['null', { kind: 'null' }],
];

export function parse_json(text) {
  let at = 0;

  const match = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) throw new MalformedJson(`at ${at}`);
    at += found[0].length;
    return found[0];
  };
  const skip_space = () => match(SPACE);
  const accept = (character) => {
    if (text[at] !== character) return false;
    at += 1;
    return true;
  };
  const expect = (character) => {
    if (!accept(character)) throw new MalformedJson(`${character} wanted at ${at}`);
  };
  const read_string = () => JSON.parse(match(STRING));

  const read_object = () => {
    const entries = [];
    skip_space();
    if (accept('}')) return { kind: 'object', entries };
    do {
      skip_space();
      const key = read_string();
      skip_space();
      expect(':');
      entries.push({ key, node: read_value() });
    } while (accept(','));
    expect('}');
    return { kind: 'object', entries };
  };

  const read_array = () => {
    const items = [];
    skip_space();
    if (accept(']')) return { kind: 'array', items };
    do items.push(read_value());
    while (accept(','));
    expect(']');
    return { kind: 'array', items };
  };

  const read_bare = () => {
    if (accept('{')) return read_object();
    if (accept('[')) return read_array();
    if (text[at] === '"') return { kind: 'string', value: read_string() };
    for (const [word, node] of WORDS) {
      if (text.startsWith(word, at)) {
        at += word.length;
        return node;
      }
    }
    return { kind: 'number', token: match(NUMBER) };
  };

  const read_value = () => {
    skip_space();
    const node = read_bare();
    skip_space();
    return node;
  };

  const root = read_value();
  if (at !== text.length) throw new MalformedJson(`something follows at ${at}`);
  return root;
}
