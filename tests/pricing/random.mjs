// A small deterministic random source (mulberry32) and the raw JSON writer of the generators.

export function make_random(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const random = {
    /** An integer in [low, high]; spans up to 2^53 (the low bits of wide spans come from a second draw). */
    between(low, high) {
      const span = high - low + 1;
      if (span <= 2 ** 32) return low + Math.floor(next() * span);
      return (
        low +
        Math.min(span - 1, Math.floor(next() * (span / 2 ** 20)) * 2 ** 20 + Math.floor(next() * 2 ** 20))
      );
    },
    chance: (percent) => next() * 100 < percent,
    pick: (items) => items[Math.floor(next() * items.length)],
    shuffle(items) {
      const copy = [...items];
      for (let k = copy.length - 1; k > 0; k -= 1) {
        const other = random.between(0, k);
        [copy[k], copy[other]] = [copy[other], copy[k]];
      }
      return copy;
    },
    some: (items, count) => random.shuffle(items).slice(0, count),
    times: (count, make) => Array.from({ length: count }, (_, index) => make(index)),
  };
  return random;
}

/** Text that is written as it stands, where a JavaScript value cannot say it (`1.0`, 2^53, `"\ud800"`). */
export class Raw {
  constructor(text) {
    this.text = text;
  }
}

/** An object with exactly these entries, duplicates included. */
export class Entries {
  constructor(entries) {
    this.entries = entries;
  }
}

/** Options: shuffle_keys(entries) -> entries, space() -> text, write_string(text) -> text. */
export function write_json(value, options = {}) {
  const { shuffle_keys = (entries) => entries, space = () => '', write_string = JSON.stringify } = options;
  const write = (item) => {
    if (item instanceof Raw) return item.text;
    if (typeof item === 'string') return write_string(item);
    if (item === null || typeof item !== 'object') return JSON.stringify(item);
    if (Array.isArray(item)) return `[${space()}${item.map(write).join(`${space()},${space()}`)}]`;
    const entries = item instanceof Entries ? item.entries : shuffle_keys(Object.entries(item));
    const parts = entries.map(([key, child]) => `${write_string(key)}${space()}:${space()}${write(child)}`);
    return `{${space()}${parts.join(`${space()},`)}${space()}}`;
  };
  return `${space()}${write(value)}${space()}`;
}
