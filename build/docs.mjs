/**
 * `npm run docs`: a page for every name that `mailkeep/mailbox` exports, made of its declarations and
 * docstrings, in `out/docs`; and the declarations in one file, `out/docs/mailbox.d.ts`.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { out, root } from './setup/places.mjs';
import { SetupError, say, told } from './setup/say.mjs';

const docs = path.join(out, 'docs');
const declarations = path.join(out, 'types/electron/mailbox/exported.d.ts');
const documenter = path.join(root, 'node_modules/@microsoft/api-documenter/bin/api-documenter');

/** @param {string} program @param {readonly string[]} words */
function run(program, words) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...words], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new SetupError(`${path.basename(program)}: ${stdout}${stderr}`);
}

function extracted() {
  const { Extractor, ExtractorConfig } = createRequire(import.meta.url)('@microsoft/api-extractor');
  const quiet = { default: { logLevel: 'none' } };
  const config = ExtractorConfig.prepare({
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: declarations,
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: {
          extends: path.join(root, 'build/tsconfig.base.json'),
          compilerOptions: { composite: false, types: ['node'] },
          files: [declarations],
        },
      },
      apiReport: { enabled: false },
      docModel: { enabled: true, apiJsonFilePath: path.join(docs, 'model/mailkeep.api.json') },
      dtsRollup: { enabled: true, untrimmedFilePath: path.join(docs, 'mailbox.d.ts') },
      tsdocMetadata: { enabled: false },
      // Our docstrings are prose for people, with `@param name what it is`.
      messages: {
        compilerMessageReporting: { default: { logLevel: 'error' } },
        extractorMessageReporting: quiet,
        tsdocMessageReporting: quiet,
      },
    },
    configObjectFullPath: undefined,
    packageJsonFullPath: path.join(root, 'package.json'),
  });
  const { succeeded } = Extractor.invoke(config, {
    localBuild: true,
    showVerboseMessages: false,
    messageCallback: (/** @type {{ logLevel: string, handled: boolean }} */ message) => {
      if (message.logLevel !== 'error') message.handled = true;
    },
  });
  if (!succeeded) throw new SetupError('The declarations of the mailbox library cannot be read.');
}

await told(async () => {
  run(path.join(root, 'node_modules/typescript/bin/tsc'), ['-b']);
  rmSync(docs, { recursive: true, force: true });
  mkdirSync(docs, { recursive: true });
  extracted();
  run(documenter, [
    'markdown',
    '--input-folder',
    path.join(docs, 'model'),
    '--output-folder',
    path.join(docs, 'pages'),
  ]);
  say(`docs: ${path.relative(root, path.join(docs, 'pages/mailkeep.md'))}`);
});
