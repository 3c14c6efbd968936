// The JavaScript side of wasm/flat.h, where the row's format stands: writes a request as a row of doubles and reads an
// answer from one. generated.ts calls it field by field, in the order of the field lists.
//
// The writer checks nothing but types; ranges, limits and everything else are checked once, in C++. It stops at the
// first thing that can't be written, and the row that ends there is refused at that place. So does a getter that throws.

const left_out = NaN;
const is_null = -Infinity;
const wrong = Infinity;

// Thrown to leave a request that is at fault; never leaves this file.
const stop = Symbol("stop");

export class Writer {
  row = new Float64Array(8192);
  #bytes = new Uint8Array(this.row.buffer);
  #at = 0;

  /** Writes a whole request and gives the row's length. A row that is too short takes a second run. */
  run(write: (w: Writer, value: unknown) => void, value: unknown): number {
    for (;;) {
      this.#at = 0;
      try {
        write(this, value);
      } catch {
        // What is written so far ends at the fault.
      }
      if (this.#at <= this.row.length) return this.#at;
      this.row = new Float64Array(this.#at + (this.#at >> 1));
      this.#bytes = new Uint8Array(this.row.buffer);
    }
  }

  integer(value: unknown): void {
    this.row[this.#at++] = Number.isSafeInteger(value) ? (value as number) : mark(value);
  }

  boolean(value: unknown): void {
    this.row[this.#at++] = value === true ? 1 : value === false ? 0 : mark(value);
  }

  word(value: unknown, words: readonly string[]): void {
    const index = words.indexOf(value as string);
    this.row[this.#at++] = index >= 0 ? index : mark(value);
  }

  text(value: unknown, most: number): void {
    if (typeof value !== "string") {
      this.row[this.#at++] = mark(value);
    } else if (value.length > most) {
      this.row[this.#at++] = value.length; // it has at least as many bytes
      throw stop;
    } else {
      this.#string(value);
    }
  }

  is_struct(value: unknown): value is Record<string, unknown> {
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return true;
    this.#absent(value);
    return false;
  }

  open(): void {
    this.row[this.#at++] = 0;
  }

  /** A key that its struct doesn't know. Inherited and undefined ones are none. */
  unknown(struct: Record<string, unknown>, key: string): void {
    if (!Object.prototype.hasOwnProperty.call(struct, key) || struct[key] === undefined) return;
    this.row[this.#at++] = 1;
    this.#string(key);
    throw stop;
  }

  /** How many elements the caller writes next. */
  list(value: unknown, most: number): number {
    if (!Array.isArray(value)) {
      this.#absent(value);
      return 0;
    }
    const size = value.length;
    this.row[this.#at++] = size;
    if (size > most) throw stop;
    return size;
  }

  // Nothing follows what is left out; behind what is wrong nothing is read any more.
  #absent(value: unknown): void {
    this.row[this.#at++] = mark(value);
    if (value !== undefined) throw stop;
  }

  #string(value: string): void {
    const begin = (this.#at + 1) * 8;
    let at = begin;
    const bytes = this.#bytes;
    for (let i = 0; i < value.length; i++) {
      let code = value.charCodeAt(i);
      if (code < 0x80) {
        bytes[at++] = code;
        continue;
      }
      if (code < 0x800) {
        bytes[at++] = 0xc0 | (code >> 6);
      } else {
        if (code >= 0xd800 && code < 0xe000) {
          const low = value.charCodeAt(++i); // NaN at the end
          if (code >= 0xdc00 || !(low >= 0xdc00 && low < 0xe000)) {
            this.row[this.#at++] = wrong;
            throw stop;
          }
          code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
          bytes[at++] = 0xf0 | (code >> 18);
          bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
        } else {
          bytes[at++] = 0xe0 | (code >> 12);
        }
        bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
      }
      bytes[at++] = 0x80 | (code & 0x3f);
    }
    this.row[this.#at] = at - begin;
    this.#at += 1 + ((at - begin + 7) >>> 3);
  }
}

function mark(value: unknown): number {
  return value === undefined ? left_out : value === null ? is_null : wrong;
}

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Reads one answer of the module, which is never wrong. */
export class Reader {
  #row: Float64Array;
  #at: number;

  constructor(row: Float64Array, at: number) {
    this.#row = row;
    this.#at = at;
  }

  number(): number {
    return this.#row[this.#at++]!;
  }

  boolean(): boolean {
    return this.#row[this.#at++] === 1;
  }

  word<Word>(words: readonly Word[]): Word {
    return words[this.#row[this.#at++]!]!;
  }

  text(): string {
    const bytes = this.#row[this.#at++]!;
    const begin = this.#row.byteOffset + this.#at * 8;
    this.#at += (bytes + 7) >>> 3;
    return decoder.decode(new Uint8Array(this.#row.buffer, begin, bytes));
  }

  list<Element>(read: (r: Reader) => Element): Element[] {
    const size = this.#row[this.#at++]!;
    const out: Element[] = [];
    for (let i = 0; i < size; i++) out.push(read(this));
    return out;
  }

  /** Whether a key that may be missing is there. */
  has(): boolean {
    if (!Number.isNaN(this.#row[this.#at]!)) return true;
    this.#at++;
    return false;
  }

  is_null(): boolean {
    if (this.#row[this.#at] !== is_null) return false;
    this.#at++;
    return true;
  }
}
