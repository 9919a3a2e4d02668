/** `mailkeep serve --stdio`: a session with state, as JSON-RPC 2.0, one value a line. */

import { terminalMethods } from '../../../shared/contract.ts';
import { serveContract } from '../../engine/serve.ts';
import { StdioServer } from '../../engine/stdio.ts';
import { TerminalSession } from '../../engine/terminal-session.ts';
import { type Command, ENDING, folders, usageError } from '../command.ts';

export const serve: Command = {
  name: 'serve',
  takes: 'nothing',
  usage: '--stdio',
  summary: 'a session for other programs (JSON-RPC 2.0)',
  options: { stdio: 'flag' },
  run: async ({ options }) => {
    if (options['stdio'] !== true) throw usageError('serve takes --stdio');
    const session = new TerminalSession(folders(), (note) => server.notify(note));
    const contract = session.inOrder(serveContract(terminalMethods, session.handlers()));
    const server = new StdioServer(process.stdout, terminalMethods, contract);
    // Asked to end, it does what it does when the other side is gone: locks are not left behind.
    const asked = new AbortController();
    for (const signal of ENDING) process.once(signal, () => asked.abort());
    await server.run(process.stdin, asked.signal);
    await session.end();
    process.stdin.destroy();
  },
};
