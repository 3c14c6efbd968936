// Bytes of the module from wherever they are, compiled.

export type WasmSource = BufferSource | WebAssembly.Module | URL | string | Response | Promise<Response>;

export async function compile(source: WasmSource): Promise<WebAssembly.Module> {
  if (source instanceof WebAssembly.Module) return source;
  if (source instanceof URL || typeof source === "string") return compile_at(new URL(source, import.meta.url));
  if (source instanceof ArrayBuffer || ArrayBuffer.isView(source)) return WebAssembly.compile(source as BufferSource);
  return compile_response(await source);
}

async function compile_at(url: URL): Promise<WebAssembly.Module> {
  if (url.protocol !== "file:") return compile_response(await fetch(url));
  // Node only. Bundlers for pages look for names in import(), so it isn't written there.
  const file_system = ["node:fs", "promises"].join("/");
  const { readFile } = (await import(/* @vite-ignore */ /* webpackIgnore: true */ file_system)) as {
    readFile(url: URL): Promise<Uint8Array<ArrayBuffer>>;
  };
  return WebAssembly.compile(await readFile(url));
}

async function compile_response(response: Response): Promise<WebAssembly.Module> {
  const type = response.headers.get("content-type") ?? "";
  // Vite's server answers with a page where it has moved this file but not the module beside it.
  if (!response.ok || type.startsWith("text/html")) {
    throw new Error(`cartwright.wasm: HTTP ${response.status} ${type} from ${response.url}; see "Where the module is" in the README`);
  }
  if (type.startsWith("application/wasm")) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}
