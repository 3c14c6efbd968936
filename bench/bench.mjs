// Runs the sections that are named (with none: all), prints their tables and puts them into docs/BENCHMARKS.md.

import { readFileSync, writeFileSync } from 'node:fs';
import { markdown_of, print_section, with_section } from './report.mjs';

// name -> a module with `title`, `about` (Markdown) and `measure(add)`, which adds the rows of report.mjs.
const SECTIONS = {
  core: () => import('./core.mjs'),
  page: () => import('./page.mjs'),
  purchase: () => import('./purchase.mjs'),
  rush: () => import('./rush.mjs'),
  reads: () => import('./reads.mjs'),
  growth: () => import('./growth.mjs'),
  mixed: () => import('./mixed.mjs'),
  page: () => import('./page.mjs'),
};

const page = new URL('../docs/BENCHMARKS.md', import.meta.url);
const named = process.argv.slice(2);
const unknown = named.find((name) => !(name in SECTIONS));
if (unknown !== undefined) {
  console.error(`bench/run [${Object.keys(SECTIONS).join('] [')}]`);
  process.exit(2);
}

for (const name of named.length > 0 ? named : Object.keys(SECTIONS)) {
  const { title, about, measure } = await SECTIONS[name]();
  const rows = [];
  await measure((row) => {
    rows.push(row);
    console.error(`  ${row.what}: ${row.figure}`);
  });
  print_section(title, rows);
  writeFileSync(page, with_section(readFileSync(page, { encoding: 'utf8', flag: 'a+' }), title, markdown_of(name, about, rows)));
}
