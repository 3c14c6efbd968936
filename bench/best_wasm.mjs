#!/usr/bin/env node
// How long `choice: best` takes in the module, under Node, on the wallets of best_bench: prints p50, p99 and the most of
// milliseconds of processor time per mode of tax. A call is timed whole: a plain object in, a plain object out. Of three
// rounds each wallet's fastest counts: in the first the module is still being compiled.
// best_wasm.mjs [wallets]; CARTWRIGHT_BEST_BENCH and CARTWRIGHT_PACKAGE: the binary, and the package's folder.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const binary = process.env.CARTWRIGHT_BEST_BENCH ?? `${root}build/release/bench/best_bench`;
const { load } = await import(`${process.env.CARTWRIGHT_PACKAGE ?? `${root}wasm`}/dist/index.js`);
const count = Number(process.argv[2] ?? 2000);
const cartwright = await load();

function requests(tax) {
  const done = spawnSync(binary, ["--requests", tax, String(count)], { maxBuffer: 2 ** 30, encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${binary}: ${done.error ?? done.stderr}`);
  return done.stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
}

for (const tax of ["inclusive", "exclusive"]) {
  const wallets = requests(tax);
  const fastest = wallets.map(() => Infinity);
  let proved = 0;
  for (let round = 0; round < 3; round++) {
    wallets.forEach((wallet, i) => {
      const begin = process.cpuUsage();
      const quote = cartwright.quote(wallet);
      const { user, system } = process.cpuUsage(begin);
      fastest[i] = Math.min(fastest[i], (user + system) / 1000);
      if (round === 0 && quote.optimal) proved++;
    });
  }
  fastest.sort((a, b) => a - b);
  const at = (share) => fastest[Math.floor((count - 1) * share)].toFixed(2).padStart(6);
  console.log(
    `best in WASM, 20x12, tax ${tax}: ${count} wallets, ms p50 ${at(0.5)}  p99 ${at(0.99)}  max ${at(1)}` +
      `  proved optimal ${proved}`,
  );
}
