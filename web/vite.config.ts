import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, transformWithEsbuild, type Plugin } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));

function files_below(folder: string, prefix = ''): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files_below(join(folder, entry.name), `${prefix}${entry.name}/`) : [`${prefix}${entry.name}`]);
}

/** Writes /sw.js: worker/sw.ts with the list of everything the shop is made of, and that list's hash. */
function service_worker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    async generateBundle(_options, bundle) {
      // /docs is for who writes programs, with a network.
      const built = Object.keys(bundle).filter((name) => name.startsWith('assets/') && !name.startsWith('assets/docs-'));
      const files = [...built, ...files_below(join(here, 'public'))].map((name) => `/${name}`).sort();
      const source = readFileSync(join(here, 'worker/sw.ts'), 'utf8');
      const { code } = await transformWithEsbuild(source, 'sw.ts', { target: 'es2022', minify: true, format: 'iife' });
      const contents = files_below(join(here, 'public')).map((name) => readFileSync(join(here, 'public', name)));
      const hash = createHash('sha256').update(files.join('\n')).update(source);
      for (const content of contents) hash.update(content);
      const version = hash.digest('hex').slice(0, 12);
      const constants = `const VERSION=${JSON.stringify(version)},FILES=${JSON.stringify(files)};\n`;
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: constants + code });
    },
  };
}

/** There is one style sheet and nothing is preloaded: Vite's helper for that would be 1 kB of the first page's script. */
function plain_import(): Plugin {
  return {
    name: 'plain-import',
    apply: 'build',
    enforce: 'pre',
    load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : null),
  };
}

const server = process.env['CARTWRIGHT_SERVER'] ?? 'http://localhost:8080';

/** `npm run dev`: the back office's page for all its addresses, as the server does it. */
function back_office(): Plugin {
  return {
    name: 'back-office',
    apply: 'serve',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        if (/^\/admin(\/[^.]*)?(\?|$)/.test(request.url ?? '')) request.url = '/admin/index.html';
        next();
      });
    },
  };
}

// The back office is built by itself (`--mode admin`), beside the shop: scripts that both share would be split off, and the
// shop's first page would have to ask for them one after the other.
const shop_pages = { index: join(here, 'index.html'), docs: join(here, 'docs/index.html') };
const admin_pages = { admin: join(here, 'admin/index.html') };

export default defineConfig(({ mode }) => ({
  plugins: mode === 'admin' ? [plain_import()] : [plain_import(), service_worker(), back_office()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // the content security policy knows no data: scripts
    assetsDir: mode === 'admin' ? 'assets/admin' : 'assets',
    emptyOutDir: mode !== 'admin',
    copyPublicDir: mode !== 'admin',
    modulePreload: false,
    minify: 'terser',
    terserOptions: { module: true, ecma: 2020, compress: { passes: 3 } },
    reportCompressedSize: true,
    rollupOptions: {
      input: mode === 'admin' ? admin_pages : shop_pages,
      output: { chunkFileNames: (chunk) => `${mode === 'admin' ? 'assets/admin' : 'assets'}/${chunk.name}-[hash:6].js` }, // the first script names them all
    },
  },
  server: { proxy: { '/api': server, '/media': server, '/openapi.json': server } },
}));
