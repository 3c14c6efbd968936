// Exact prices for carts and coupons. Plain objects in, plain objects out; what is refused is a value with `error`.
import type { Glue } from "./cartwright.js";
import {
  read_cart,
  read_failure,
  read_quote,
  write_cart_edit,
  write_cart_quote_request,
  write_quote_request,
  write_shop_data,
} from "./generated.js";
import type {
  Cart,
  CartLineInput,
  CartQuoteRequest,
  Failure,
  Mutation,
  Quote,
  QuoteRequest,
  ShopData,
  VariantInput,
} from "./generated.js";
import instantiate from "./cartwright.js";
import { Reader, Writer } from "./flat.js";
import { compile } from "./compile.js";
import type { WasmSource } from "./compile.js";

export type * from "./generated.js";
export type { WasmSource } from "./compile.js";

/** What was asked for, or why it was refused: a code, and the place in the request where there is one. */
export type Result<T> = T | { error: Failure };

export function is_error<T extends object>(result: Result<T>): result is { error: Failure } {
  return "error" in result;
}

export interface LoadOptions {
  /** The module's bytes, or where they are. Without it: `cartwright.wasm` beside this file. */
  wasm?: WasmSource;
}

/** A cart as `apply` and a server's answer show it; lines may leave `selected` out. */
export interface CartInput {
  lines: CartLineInput[];
}

/** Rules and catalogue of one shop, kept by the module: a quote sends the cart only. */
export interface Shop {
  quote(request: CartQuoteRequest): Result<Quote>;
  /** The cart after one edit; the one that was passed stays as it is. */
  apply(cart: CartInput, mutation: Mutation): Result<Cart>;
}

export interface Cartwright {
  /** Two of these with the same version price the same; the server tells its own. */
  readonly rules_version: string;
  /** Prices a whole request. */
  quote(request: QuoteRequest): Result<Quote>;
  /** The cart after one edit. `variants`: what may be added to it. The cart that was passed stays as it is. */
  apply(cart: CartInput, mutation: Mutation, variants?: VariantInput[]): Result<Cart>;
  open(data: ShopData): Result<Shop>;
}

type Write = (w: Writer, value: unknown) => void;
type Call = "quote" | "load" | "quote_cart" | "edit" | "edit_cart";

// One instance of the module. Rows go in at the address of `reserve`, answers come from the address that a call returns.
class Module {
  readonly #glue: Glue;
  #writer: Writer | undefined = new Writer();
  #loaded: Float64Array | undefined; // the row of the shop that the module holds

  constructor(glue: Glue) {
    this.#glue = glue;
  }

  rules_version(): string {
    const reader = this.#reader(this.#glue.rules_version());
    reader.number(); // an answer, always
    return reader.text();
  }

  ask<T extends object>(call: Call, write: Write, request: unknown, read: (r: Reader) => T): Result<T> {
    return this.#with_row(write, request, (row) => this.#call(call, row, read));
  }

  /** The row of a shop, for `ask_shop`. */
  load(data: unknown): { row: Float64Array } | { error: Failure } {
    return this.#with_row(write_shop_data, data, (row) => this.#load(row.slice()));
  }

  // Several shops may be open, but the module holds one at a time: it takes another one's row when that one is asked.
  ask_shop<T extends object>(
    shop: Float64Array,
    call: Call,
    write: Write,
    request: unknown,
    read: (r: Reader) => T,
  ): Result<T> {
    return this.#with_row(write, request, (row) => {
      if (this.#loaded !== shop) this.#load(shop);
      return this.#call(call, row, read);
    });
  }

  // A getter in a request may itself ask for a quote: it then finds no writer and makes one.
  #with_row<T>(write: Write, value: unknown, use: (row: Float64Array) => T): T {
    const writer = this.#writer ?? new Writer();
    this.#writer = undefined;
    const length = writer.run(write, value);
    this.#writer = writer;
    return use(writer.row.subarray(0, length));
  }

  #load(row: Float64Array): { row: Float64Array } | { error: Failure } {
    const answer = this.#call("load", row, () => ({ row }));
    if ("row" in answer) this.#loaded = row;
    return answer;
  }

  #call<T extends object>(call: Call, row: Float64Array, read: (r: Reader) => T): Result<T> {
    const address = this.#glue.reserve(row.length);
    this.#glue.HEAPF64.set(row, address / 8);
    const reader = this.#reader(this.#glue[call](row.length));
    return reader.number() === 0 ? read(reader) : { error: read_failure(reader) };
  }

  #reader(address: number): Reader {
    return new Reader(this.#glue.HEAPF64, address / 8);
  }
}

// The whole cart may be missing or be something else; what it lacks is then told as `$.lines`.
function lines_of(cart: CartInput): unknown {
  return (cart as CartInput | null | undefined)?.lines;
}

/** Makes the module ready. Rejects only when its bytes can't be had or compiled. */
export async function load(options: LoadOptions = {}): Promise<Cartwright> {
  const compiled = await compile(options.wasm ?? new URL("./cartwright.wasm", import.meta.url));
  const glue = await new Promise<Glue>((resolve, reject) => {
    instantiate({
      instantiateWasm(imports, done) {
        WebAssembly.instantiate(compiled, imports).then(done, reject);
        return {};
      },
    }).then(resolve, reject);
  });
  const module = new Module(glue);
  return {
    rules_version: module.rules_version(),
    quote: (request) => module.ask("quote", write_quote_request, request, read_quote),
    apply: (cart, mutation, variants) =>
      module.ask("edit", write_cart_edit, { get lines() { return lines_of(cart); }, mutation, variants }, read_cart),
    open(data) {
      const loaded = module.load(data);
      if ("error" in loaded) return loaded;
      const { row } = loaded;
      return {
        quote: (request) => module.ask_shop(row, "quote_cart", write_cart_quote_request, request, read_quote),
        apply: (cart, mutation) =>
          module.ask_shop(
            row,
            "edit_cart",
            write_cart_edit,
            { get lines() { return lines_of(cart); }, mutation },
            read_cart,
          ),
      };
    },
  };
}
