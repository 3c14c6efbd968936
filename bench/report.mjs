// A row of a section: what was measured; its figure; the limit that it is held against, and figure : limit, where there
// is one; the target and whether it is met, where there is one. All are texts, `met` is a boolean.

import { cpus, totalmem } from 'node:os';

const COLUMNS = ['what', 'figure', 'limit', 'ratio', 'target', 'met'];
const HEADING = `# Benchmarks

Made by \`bench/run\`, on a machine that others share: ratios within one run are what counts, times stand for that kind of
machine. Medians, unless a row says otherwise.
`;

const cells = (row) =>
  COLUMNS.map((column) => (column === 'met' ? { true: 'yes', false: 'NO' }[row.met] ?? '' : row[column] ?? ''));

export function print_section(title, rows) {
  const table = [COLUMNS, ...rows.map(cells)];
  const widths = COLUMNS.map((_, i) => Math.max(...table.map((line) => line[i].length)));
  console.log(`\n${title}`);
  for (const line of table) console.log(line.map((cell, i) => cell.padEnd(widths[i])).join('  ').trimEnd());
}

export function markdown_of(name, about, rows) {
  const machine = `${cpus().length} × ${cpus()[0].model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}`;
  const table = [COLUMNS, COLUMNS.map(() => '---'), ...rows.map(cells)].map((line) => `| ${line.join(' | ')} |`);
  const date = new Date().toISOString().slice(0, 10);
  return `\`bench/run ${name}\`, ${date}, ${machine}.\n\n${table.join('\n')}\n\n${about.trim()}\n`;
}

/** The page with that section put in, or in the place of what stood there; the others stay as they are. */
export function with_section(page, title, text) {
  const sections = new Map(page.split(/^## /m).slice(1).map((part) => [part.slice(0, part.indexOf('\n')), part]));
  sections.set(title, `${title}\n\n${text}\n`);
  return `${[HEADING, ...sections.values()].map((part) => part.trimEnd()).join('\n\n## ')}\n`;
}

/** Nanoseconds as a text. */
export const duration = (ns) =>
  ns < 1e3 ? `${ns.toFixed(0)} ns` : ns < 1e6 ? `${(ns / 1e3).toPrecision(3)} µs` : `${(ns / 1e6).toPrecision(3)} ms`;
export const count = (number) => Math.round(number).toLocaleString('en');
export const rate_of = (per_second) => `${count(per_second)}/s`;
export const ratio_of = (figure, limit) => (figure / limit).toFixed(2);

/** How long the last step of a flow took (load.cpp). */
export const times_of = ({ steps }) =>
  ['p50', 'p95', 'p99', 'p999', 'max'].map((name) => `${name} ${duration(steps.at(-1)[name] * 1e3)}`).join(', ');
