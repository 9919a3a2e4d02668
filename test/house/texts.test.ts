/**
 * Goal: no text of the window or of main stands in the code, where nobody could translate it, and no
 * message in the catalog that nobody says.
 * Method: the sources are read; test/e2e/language.spec.ts looks at the window itself.
 */

import { describe, expect, it } from 'vitest';
import { ENGLISH } from '../../shared/language/english.ts';
import { sourceFiles, withoutComments } from './tree.ts';

const window = sourceFiles(['renderer']).filter(({ path }) => /\.tsx?$/.test(path));
const speaking = [...window, ...sourceFiles(['electron/main'])].filter(({ path }) =>
  /\.tsx?$/.test(path),
);

/** `aria-label="Open"`: an attribute that a person reads or hears. */
const ATTRIBUTE =
  /\b(?:aria-label|aria-description|title|placeholder|alt|label|hint)="[^"]*\p{L}{2}[^"]*"/gu;
/** `<p>Open</p>`: words between tags, in one line or in several. */
const BETWEEN_TAGS = /(?<![=-])>\s*[^<>{}=;()&|?:'`]*\p{L}{2}[^<>{}=;()&|?:'`]*(?=[<{])/gu;

describe('texts of the window', () => {
  it('are messages of the catalog', () => {
    const found = window
      .filter(({ path }) => path.endsWith('.tsx'))
      .flatMap(({ path, text }) => {
        const code = withoutComments(text);
        return [...code.matchAll(ATTRIBUTE), ...code.matchAll(BETWEEN_TAGS)].map(
          ([words]) => `${path}: ${words.replace(/\s+/g, ' ')}`,
        );
      });
    expect(found).toEqual([]);
  });
});

describe('messages of the catalog', () => {
  it('are all said somewhere', () => {
    const code = speaking.map(({ text }) => text).join('\n');
    const literals = new Set(
      [...code.matchAll(/['"]([\w.-]+(?: [\w.-]+)*)['"]/g)].map(([, id]) => id),
    );
    // `view.${view}`: what may stand there is any part of an id.
    const templates = [...code.matchAll(/`([\w.-]*\.[\w.-]*\$\{[^`]*)`/g)].map(
      ([, template = '']) =>
        new RegExp(
          `^${template.replaceAll('.', '\\.').replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '.+')}$`,
        ),
    );
    const silent = Object.keys(ENGLISH).filter(
      (id) =>
        // Found by their own words: renderer/language/engine-text.ts.
        !id.startsWith('engine.') && !literals.has(id) && !templates.some((one) => one.test(id)),
    );
    expect(silent).toEqual([]);
  });

  it('that begin with "engine." are what an engine, main or the window says in English', () => {
    const code = sourceFiles(['electron', 'renderer'])
      .map(({ text }) => text)
      .join('\n');
    const forgotten = Object.entries(ENGLISH).flatMap(([id, message]) =>
      id.startsWith('engine.')
        ? message
            .split(/\{\w+\}/)
            .filter((piece) => piece.trim().length > 3 && !code.includes(piece))
            .map((piece) => `${id}: ${piece}`)
        : [],
    );
    expect(forgotten).toEqual([]);
  });
});
