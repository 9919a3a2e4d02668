/**
 * The bundles: main, the engine process and the terminal program (ESM for Node), the preload script
 * (CommonJS, because sandboxed), the page, and the scripts of the frame that draws PDFs.
 *
 * Targets are those of the oldest Electron the code must run on, not of the one that is declared.
 */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { build, type Plugin } from 'vite';
import { CMAPS_NAME } from '../shared/pdf-contract.ts';

const root = path.resolve(import.meta.dirname, '..');
const NODE = 'node20.18';
const CHROME = 'chrome130';
/**
 * Packages that go into the bundles of main and of the engine: dozens of small modules, each of which
 * would be looked for and opened when a process starts. The others bring compiled code, or tables.
 */
const BUNDLED = ['zod', 'html-to-text', 'ical.js', 'postal-mime'];

/** pdf.js's packed tables as one script that sets them, in base64: a third larger than they are, 1.6 MB. */
function cMapsScript(): string {
  const folder = path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/cmaps/LICENSE'));
  const licence = readFileSync(path.join(folder, 'LICENSE'), 'utf8');
  const tables = readdirSync(folder)
    .filter((name) => name.endsWith('.bcmap'))
    .map((name) => [
      path.parse(name).name,
      readFileSync(path.join(folder, name)).toString('base64'),
    ]);
  return `/*\n${licence}*/\n${CMAPS_NAME}=${JSON.stringify(Object.fromEntries(tables))};\n`;
}

/**
 * A frame of an opaque origin can load neither modules nor second files: its script is one classic
 * script, and the tables are another. Built beside the page.
 */
const pdfViewer: Plugin = {
  name: 'pdf-viewer',
  closeBundle: async () => {
    await build({
      root,
      configFile: false,
      logLevel: 'warn',
      // pdf.js asks where it lies only to find a worker, and has none here.
      define: { 'import.meta.url': '""' },
      build: {
        target: CHROME,
        outDir: path.join(root, 'out/viewer'),
        emptyOutDir: true,
        lib: {
          entry: path.join(root, 'renderer/pdf/viewer.ts'),
          formats: ['iife'],
          name: 'viewer',
          fileName: () => 'viewer.js',
        },
      },
    });
    writeFileSync(path.join(root, 'out/viewer/cmaps.js'), cMapsScript());
  },
};

export default defineConfig({
  main: {
    root,
    build: {
      target: NODE,
      outDir: path.join(root, 'out/main'),
      minify: false,
      externalizeDeps: { exclude: BUNDLED },
      // Comments and spaces go, names stay, for those who read where an error came from.
      rolldownOptions: { output: { minify: { compress: false, mangle: false } } },
      lib: {
        formats: ['es'],
        entry: {
          app: path.join(root, 'electron/main/app.ts'),
          engine: path.join(root, 'electron/engine/process.ts'),
          searcher: path.join(root, 'electron/engine/searching/process.ts'),
          finder: path.join(root, 'electron/engine/finding/process.ts'),
          'envelope-worker': path.join(root, 'electron/engine/envelopes/envelope-worker.ts'),
          'expanding-worker': path.join(root, 'electron/engine/expanding/expanding-worker.ts'),
          'text-worker': path.join(root, 'electron/engine/indexing/text-worker.ts'),
          cli: path.join(root, 'electron/cli/cli.ts'),
          // For other programs: see `exports` in package.json.
          mailbox: path.join(root, 'electron/mailbox/exported.ts'),
        },
      },
    },
  },
  preload: {
    root,
    build: {
      target: NODE,
      outDir: path.join(root, 'out/preload'),
      rolldownOptions: {
        input: path.join(root, 'electron/preload/preload.ts'),
        output: { format: 'cjs', entryFileNames: 'preload.cjs' },
      },
    },
  },
  renderer: {
    root: path.join(root, 'renderer'),
    base: './',
    plugins: [react(), pdfViewer],
    build: {
      target: CHROME,
      outDir: path.join(root, 'out/renderer'),
      emptyOutDir: true,
      minify: true,
      modulePreload: { polyfill: false },
      rolldownOptions: { input: path.join(root, 'renderer/index.html') },
    },
  },
});
