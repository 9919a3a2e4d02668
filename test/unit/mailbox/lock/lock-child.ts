/**
 * Our locks in a process of their own, for tests: takes the locks of a mailbox, says what came of
 * it as lines of JSON, and does what it is told.
 *
 * `lock-child MAILBOX hold LIMIT`: `check`, `release` and `end` are its commands.
 * `lock-child MAILBOX deliver COUNT NAME`: appends messages, each under locks taken anew.
 */

import { createInterface } from 'node:readline';
import { realDisk } from '../../../../electron/mailbox/disk/real-disk.ts';
import { acquire, hold } from '../../../../electron/mailbox/lock/hold.ts';
import { toErrorValue } from '../../../../shared/errors.ts';
import { byteOffset } from '../../../../shared/units.ts';

const [mailbox = '', work = '', number = '0', name = ''] = process.argv.slice(2);

function say(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

async function holdUntilTold(): Promise<void> {
  const file = await realDisk.open(mailbox, 'read-write');
  const held = await acquire({ disk: realDisk, file, path: mailbox, limitMs: Number(number) });
  say({ held: held.coverage });
  for await (const command of createInterface({ input: process.stdin })) {
    if (command === 'check') say(await held.check().then(() => 'ok', toErrorValue));
    if (command === 'release') {
      await held.release();
      say('released');
    }
    if (command === 'end') break;
  }
  await held.release();
  await file.close();
  process.stdin.destroy();
}

async function deliver(): Promise<void> {
  const file = await realDisk.open(mailbox, 'read-write');
  for (let count = 0; count < Number(number); count++) {
    await hold({ disk: realDisk, file, path: mailbox }, async (held) => {
      const message = `From ${name} Thu Jan  1 00:00:00 1970\nSubject: ${name} ${count}\n\ntext\n\n`;
      const end = byteOffset((await file.facts()).size);
      await held.check();
      await file.write(new TextEncoder().encode(message), end);
      await file.sync();
    });
  }
  await file.close();
  say('delivered');
}

try {
  await (work === 'hold' ? holdUntilTold() : deliver());
} catch (thrown) {
  say(toErrorValue(thrown));
}
