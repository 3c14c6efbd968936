// Pages that others make with the npm package: the package packed, installed and copied beside them.

import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { open_shop, open_small_shop } from '../integration/shop.mjs';
import { Installations } from '../package/installed.mjs';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export class Sites {
  #installations = new Installations();
  #home = this.#installations.folder();

  /** A folder with these files, the package, and these packages of the tests. */
  folder(name, files = {}, packages = []) {
    const folder = join(this.#home, name);
    mkdirSync(folder);
    cpSync(join(this.#home, 'node_modules/cartwright'), join(folder, 'node_modules/cartwright'), { recursive: true });
    for (const other of packages) {
      cpSync(join(root, 'tests/node_modules', other), join(folder, 'node_modules', other), { recursive: true });
    }
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
    return folder;
  }

  /** A copy of an example; its package.json stays behind, as what that would install is here already. */
  example(name, packages) {
    const folder = this.folder(name, {}, packages);
    cpSync(join(root, 'docs/examples', name), folder, {
      recursive: true, filter: (path) => !/package(-lock)?\.json$|node_modules/.test(path),
    });
    return folder;
  }

  remove() {
    this.#installations.remove();
  }
}

/** Closed and audited by the test itself; a test that failed before leaves no server behind. */
async function for_test(test, opening) {
  const shop = await opening;
  test.after(() => shop.process.kill('SIGKILL'));
  return shop;
}
export const small_shop_for = (test, options) => for_test(test, open_small_shop(options));
export const demo_shop_for = (test, ...serve) => for_test(test, open_shop({ serve }));
