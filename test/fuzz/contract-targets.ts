/**
 * The contract as a window and a terminal meet it: every call is answered, once; what does not fit is
 * MISUSE and reaches nobody; what fits arrives as it was sent; and no name reaches a prototype.
 */

import { Readable, Writable } from 'node:stream';
import { type Handlers, serveContract } from '../../electron/engine/serve.ts';
import { StdioServer } from '../../electron/engine/stdio.ts';
import { type Methods, terminalMethods, windowMethods } from '../../shared/contract.ts';
import type { Chance } from './chance.ts';
import { fits, fitting, JUNK, type Shape, shapeOf, spoilt } from './contract-calls.ts';
import { mutated } from './mutate.ts';
import { must, mustEqual, type Target } from './target.ts';

const CONTRACTS = [windowMethods, terminalMethods].map((methods: Methods) => ({
  methods,
  shapes: new Map<string, Shape>(
    Object.entries(methods).map(([name, { params }]) => [name, shapeOf(params)]),
  ),
}));
type Contract = (typeof CONTRACTS)[number];

/** Every method with the shape of its parameters. */
export const SHAPES = CONTRACTS.flatMap(({ shapes }) => [...shapes]);

const ODD_METHODS = [
  '',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'Open',
  'open ',
  'x'.repeat(10_000),
  '\0',
];

/** A contract served by handlers that only note what reached them. */
function noting(methods: Methods, reached: unknown[]): ReturnType<typeof serveContract> {
  const handlers = Object.fromEntries(
    Object.keys(methods).map((name) => [
      name,
      (params: unknown) => {
        reached.push(params);
        return {};
      },
    ]),
  );
  return serveContract(methods, handlers as unknown as Handlers<Methods>);
}

function someCall(chance: Chance, { shapes }: Contract): readonly [string, unknown] {
  const method = chance.chance(0.95) ? chance.pick([...shapes.keys()]) : chance.pick(ODD_METHODS);
  const shape = shapes.get(method);
  let params = shape ? fitting(shape, chance) : chance.pick(JUNK);
  for (let left = chance.small(3); left > 0; left--) params = spoilt(params, chance);
  return [method, params];
}

function mustBeUnpolluted(): void {
  must(!('polluted' in {}), 'every object was polluted');
  must(Object.keys(Object.prototype).length === 0, 'the prototype of all objects was written to');
}

const calls: Target = {
  name: 'calls',
  share: 14,
  attempt: async (chance) => {
    const contract = chance.pick(CONTRACTS);
    const [method, params] = someCall(chance, contract);
    const reached: unknown[] = [];
    const answer = await noting(contract.methods, reached)(method, params);
    const shape = contract.shapes.get(method);
    const right = shape !== undefined && fits(shape, params ?? {});
    must(answer.ok === right, `${method} answered ${JSON.stringify(answer).slice(0, 500)}`);
    must(answer.ok || answer.error.code === 'MISUSE', `bad parameters of ${method} are MISUSE`);
    must(JSON.stringify(answer).length < 5000, 'an answer that repeats what was sent');
    must(reached.length === (right ? 1 : 0), 'what does not fit reached a handler');
    // Of a Date or the like, what arrives is its own enumerable names: none.
    if (right) mustEqual(reached[0], { ...(params as object) }, 'something else arrived');
    mustBeUnpolluted();
  },
};

/** Deeper than anything that reads or writes it by recursion could go. */
const DEEP = `{"jsonrpc":"2.0","id":1,"method":"status","params":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;

function asLine(chance: Chance, [method, params]: readonly [string, unknown]): string {
  if (chance.chance(0.02)) return DEEP;
  const id = chance.pick([1, 'a', null, undefined, 1.5, {}, [], true]);
  const request = { jsonrpc: chance.pick(['2.0', '2.0', '2.0', 2]), id, method, params };
  const text = jsonOf(request);
  return chance.chance(0.6) ? text : mutated(Buffer.from(text), chance, { most: 3 }).toString();
}

/** What does not go into JSON is left out of it. */
function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '{"jsonrpc":"2.0","id":1}';
  }
}

interface Line {
  readonly jsonrpc?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly data: { readonly code: string } };
}

/** How many answers a line asks for: none if it is empty or a request without an id. */
function answersTo(line: string): number {
  if (line.trim() === '') return 0;
  try {
    const value = JSON.parse(line) as Record<string, unknown> | null;
    const request =
      typeof value === 'object' && !Array.isArray(value) && value?.['jsonrpc'] === '2.0';
    return request && typeof value['method'] === 'string' && !Object.hasOwn(value, 'id') ? 0 : 1;
  } catch {
    return 1;
  }
}

const stdio: Target = {
  name: 'lines on stdio',
  share: 4,
  attempt: async (chance) => {
    const contract = chance.pick(CONTRACTS);
    const lines = Array.from({ length: chance.integer(1, 6) }, () =>
      asLine(chance, someCall(chance, contract)),
    );
    const input = chance.note(lines.join('\n'));
    let output = '';
    const heard = new Writable({
      write: (chunk, _encoding, done) => {
        output += String(chunk);
        done();
      },
    });
    await new StdioServer(heard, contract.methods, noting(contract.methods, [])).run(
      Readable.from([input]),
    );
    const answers = output.split('\n').filter((line) => line !== '');
    // Lines as readline sees them.
    const asked = input
      .split(/\r\n|[\n\r\u2028\u2029]/)
      .reduce((sum, line) => sum + answersTo(line), 0);
    must(answers.length === asked, `${asked} asked, ${answers.length} answered: ${output}`);
    for (const answer of answers) {
      const { jsonrpc, result, error } = JSON.parse(answer) as Line;
      must(jsonrpc === '2.0', 'not JSON-RPC 2.0');
      must((result === undefined) !== (error === undefined), 'a result and an error, or neither');
      must(!error || error.data.code === 'MISUSE', 'bad lines are MISUSE');
    }
    mustBeUnpolluted();
  },
};

export const contractTargets: readonly Target[] = [calls, stdio];
