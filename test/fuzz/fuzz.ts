/**
 * `npm run fuzz [-- --seed N --inputs N --from N --only WORD]`: a million hostile inputs against
 * everything that reads what strangers wrote, then the hostile files that grow. Prints the seed;
 * an input that failed is had again by its number (`--from N --inputs 1`) and is written to out/fuzz.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Failure, runCampaign, TARGETS } from './campaign.ts';
import { growthOf, HOSTILE } from './growing.ts';
import { watch } from './watchdog.ts';

const INPUT_MS_MAX = 30_000;
const PROCESS_BYTES_MAX = 2 ** 31;
const folder = path.resolve('out/fuzz');

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    inputs: { type: 'string', default: '1000000' },
    from: { type: 'string', default: '0' },
    only: { type: 'string', default: '' },
  },
});
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const inputs = Number(values.inputs);
const targets = TARGETS.filter(({ name }) => name.includes(values.only));

function tell({ target, index, why, input }: Failure): void {
  const file = path.join(folder, `${seed}-${index}`);
  mkdirSync(folder, { recursive: true });
  if (input !== null) writeFileSync(file, input);
  console.log(`\nFAILED: ${target}, input ${index}: ${why}`);
  const only = values.only === '' ? '' : ` --only '${values.only}'`;
  console.log(`  npm run fuzz -- --seed ${seed} --from ${index} --inputs 1${only}   (${file})`);
}

console.log(`seed ${seed}: ${inputs} inputs, ${targets.map(({ name }) => name).join(', ')}`);
const watched = watch(INPUT_MS_MAX, PROCESS_BYTES_MAX);
const begun = performance.now();
const { failures, spent } = await runCampaign({
  seed,
  from: Number(values.from),
  inputs,
  targets,
  onInput: (_target, index) => {
    watched.beat(index);
    if (index % 100_000 === 0 && index > 0) {
      const seconds = ((performance.now() - begun) / 1000).toFixed(0);
      console.log(
        `${index} inputs, ${seconds} s, ${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MiB`,
      );
    }
  },
});
await watched.stop();
for (const failure of failures) tell(failure);
for (const [name, { inputs: count, ms }] of spent) {
  console.log(
    `${name.padEnd(24)} ${String(count).padStart(8)} inputs ${(ms / 1000).toFixed(1).padStart(8)} s`,
  );
}
let slow = 0;
if (values.only === '' && inputs > 1) {
  console.log('\nEight times the bytes, at most eight times the work (with room for noise):');
  for (const hostile of HOSTILE) {
    const { ratio, linear, nsPerByte } = await growthOf(hostile);
    if (!linear) slow += 1;
    console.log(
      `${linear ? ' ' : '!'} ${hostile.name.padEnd(52)} ${ratio.toFixed(1).padStart(6)} times, ${nsPerByte.toFixed(0)} ns a byte`,
    );
  }
}
const minutes = ((performance.now() - begun) / 60_000).toFixed(1);
console.log(
  `\n${failures.length} failed of ${inputs}, ${slow} not linear; ${minutes} minutes, seed ${seed}`,
);
process.exitCode = failures.length + slow === 0 ? 0 : 1;
