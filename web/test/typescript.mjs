// Lets node run the sources as they are: `node --import ./test/typescript.mjs --test`. esbuild comes with Vite.

import { register } from 'node:module';

register(
  `data:text/javascript,${encodeURIComponent(`
    import { readFile } from 'node:fs/promises';
    import { fileURLToPath } from 'node:url';
    import { transform } from '${import.meta.resolve('esbuild')}';
    export const resolve = (name, context, next) => next(/^\\.[^?]*\\/[a-z_]+$/.test(name) ? name + '.ts' : name, context);
    export async function load(url, context, next) {
      if (!url.endsWith('.ts')) return next(url, context);
      const { code } = await transform(await readFile(fileURLToPath(url), 'utf8'), { loader: 'ts', format: 'esm' });
      return { format: 'module', source: code, shortCircuit: true };
    }
  `)}`,
);
