// The glue that Emscripten writes beside cartwright.wasm (wasm/bindings.cpp). Lengths are in doubles, addresses in bytes.
export interface Glue {
  HEAPF64: Float64Array; // another one whenever memory has grown: read it after each call
  reserve(doubles: number): number;
  quote(length: number): number;
  load(length: number): number;
  quote_cart(length: number): number;
  edit(length: number): number;
  edit_cart(length: number): number;
  rules_version(): number;
}

export default function instantiate(options: {
  instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void): object;
}): Promise<Glue>;
