/**
 * Goal: text in every character set that mail used is read, also where nobody says which it is.
 * Method: words in their own script, encoded by Python where Python can, beside what we read.
 */

import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { decoded } from '../../../electron/message/charset.ts';
import { CHARSETS } from '../../../shared/charsets.ts';
import { hasPeer } from '../../support/peers.ts';

const WORDS: Readonly<Record<string, string>> = {
  Unicode: 'grüße 你好 привет',
  Western: 'Grüße, ñandú, façade',
  'Central European': 'žluťoučký kůň, gęś',
  'South European': 'Ġgantija, ħamsa',
  Baltic: 'šķēršļi, žąsis',
  Nordic: 'blåbær, Åse',
  Celtic: 'ŵy, ŷd, Ċ',
  Romanian: 'știință, înâ',
  Cyrillic: 'Привет, мир',
  Greek: 'Καλημέρα κόσμε',
  Turkish: 'İstanbul, ığüş',
  Hebrew: 'שלום עולם',
  Arabic: 'سلام',
  Thai: 'สวัสดี',
  Vietnamese: 'Việt Nam',
  Armenian: 'Հայաստան',
  Japanese: 'こんにちは、世界',
  Korean: '안녕하세요',
  'Chinese, simplified': '你好，世界',
  'Chinese, traditional': '你好，世界',
};

/** What Python calls it, where that is another name; null where it has none. */
const PYTHON_NAMES: Readonly<Record<string, string | null>> = {
  macintosh: 'mac-roman',
  maccenteuro: 'mac-latin2',
  // With cedillas, as Apple's first tables had them, where Python has commas.
  macromania: null,
  'x-mac-cyrillic': 'mac-cyrillic',
  macgreek: 'mac-greek',
  macturkish: 'mac-turkish',
  macthai: null,
  'windows-874': 'cp874',
  viscii: null,
  tcvn: null,
  armscii8: null,
  'hz-gb-2312': 'hz',
  'iso-2022-cn': null,
  // Beside iconv below, each character.
  'euc-tw': null,
  // As letters in their joined forms only.
  cp864: null,
  // Vietnamese marks are characters of their own there.
  'windows-1258': null,
};

const ENCODE = 'import sys; sys.stdout.buffer.write(sys.argv[2].encode(sys.argv[1]))';

const offered = CHARSETS.flatMap(({ script, names }) => names.map((name) => [name, script]));
const known = offered.flatMap(([name = '', script = '']) => {
  const python = PYTHON_NAMES[name] === undefined ? name : PYTHON_NAMES[name];
  return python === null ? [] : [[name, python, WORDS[script] ?? ''] as const];
});

describe('a character set that is offered', () => {
  test.each(offered)('%s (%s) is one', (name = '') => {
    const { text, guessed } = decoded(Buffer.from('+AOk- ~{'), name);
    expect(text).not.toBe('');
    expect(guessed).toBe(false);
  });

  test.skipIf(!hasPeer('python3')).each(known)(
    '%s is read as Python writes %s',
    (name, python, words) => {
      const { stdout, status } = spawnSync('python3', [
        '-I',
        '-X',
        'utf8',
        '-c',
        ENCODE,
        python,
        words,
      ]);
      expect(status).toBe(0);
      expect(decoded(stdout, name).text).toBe(words);
    },
  );
});

const bytes = (...all: number[]): Buffer => Buffer.from(all);

describe('what only old mail used', () => {
  test.each([
    ['viscii', bytes(0x56, 0x69, 0xae, 0x74), 'Việt'],
    ['tcvn', bytes(0x56, 0x69, 0xd6, 0x74), 'Việt'],
    ['armscii-8', bytes(0xb2, 0xb3, 0xb4), 'ԱաԲ'],
    ['x-mac-thai', bytes(0xca, 0xc7), 'สว'],
    ['iso-2022-cn', Buffer.from('\x1b$)A\x0eDc:C\x0f!\nab'), '你好!\nab'],
    [
      'iso-2022-cn',
      Buffer.from('\x1b$)A\x0eVPND\x1b$)G`Af\x5c{l\x5cS\x1b$*H\x1bN!!\x0f.'),
      '中文測試籠統乂.',
    ],
    [
      'iso-2022-cn-ext',
      Buffer.from('\x1b$)A\x0e6~PP\x1b$)E/i\x0f \x1b$+I\x1bO!!.'),
      '二行\ufffd 丨.',
    ],
    ['x-unknown', Buffer.from('caf\xe9', 'latin1'), 'café'],
    ['no-such-charset', Buffer.from('é'), 'é'],
    ['base64', Buffer.from('YWJj'), 'YWJj'],
    ['iso-2022-jp-1', Buffer.from('\x1b$(D0!\x1b(B x'), '丂 x'],
    ['iso-2022-jp-2', Buffer.from('\x1b$A=;;;\x1b$(C0!\x1b$B$3\x1b(Bx'), '交换가こx'],
    [
      'iso-2022-jp-2',
      Buffer.from('Keld J\x1b.A\x1bNxrn \x1b.F\x1bNaa\n\x1bNxb'),
      'Keld Jørn αa\nxb',
    ],
    ['cp50222', Buffer.from('\x0e1234\x0f x'), 'ｱｲｳｴ x'],
    ['x-mac-japanese', bytes(0x82, 0xb1, 0x82, 0xf1), 'こん'],
    ['x-mac-korean', bytes(0xc7, 0xd1), '한'],
    ['x-mac-chinesesimp', bytes(0xc4, 0xe3), '你'],
    ['x-mac-chinesetrad', bytes(0xa7, 0x41), '你'],
    ['x-mac-hebrew', bytes(0xf9, 0xec, 0xe5, 0xed), 'שלום'],
    ['x-mac-arabic', bytes(0xd3, 0xe4, 0xc7, 0xe5), 'سلام'],
    ['ujis', bytes(0xa4, 0xb3), 'こ'],
    ['ibm00858', bytes(0xd5), '€'],
    ['iso646-us', bytes(0x63, 0xe9), 'cé'],
    ['iso_646.irv:1991', bytes(0x63, 0xe9), 'cé'],
  ])('%s', (label, encoded, text) => {
    expect(decoded(encoded, label).text).toBe(text);
  });
});

describe('a label', () => {
  test.each(['latin-1', 'iso8859_1', 'windows1252', 'win-1252', 'cp-1252', '8859-1'])(
    '%s of the West has the quotes of Windows',
    (label) => {
      const { text, charset, guessed } = decoded(bytes(0x93, 0xe9, 0x94), label);
      expect({ text, charset, guessed }).toEqual({
        text: '“é”',
        charset: 'windows-1252',
        guessed: false,
      });
    },
  );

  test.each([
    ['iso-8859-1', '\x1b$B$3$s$K$A$O\x1b(B', 'こんにちは', 'iso-2022-jp'],
    ['shift_jis', '\x1b$B$3$s$K$A$O\x1b(B', 'こんにちは', 'iso-2022-jp'],
    ['iso-2022-jp', '\x82\xb1\x82\xf1\x82\xc9\x82\xbf\x82\xcd', 'こんにちは', 'shift_jis'],
    ['us-ascii', '\x1b$)C\n\x0eGQ1[\x0f!', '\n한글!', 'iso-2022-kr'],
    ['', '\x1b$)A\x0eDc:C\x0f!', '你好!', 'iso-2022-cn'],
    ['', 'Hi ~{VPND~} and ~{<:Ky2;~}.', 'Hi 中文 and 己所不.', 'hz-gb-2312'],
  ])('%s that cannot be is not believed: %j', (label, stored, text, charset) => {
    expect(decoded(Buffer.from(stored, 'latin1'), label)).toEqual({ text, charset, guessed: true });
  });

  test.each(['(format t "~{~A~}")', '~{ab', '~{abc~}', 'x ~{a b~} y', '~~{{~}'])(
    'is not missed where nothing is: %s',
    (text) => {
      expect(decoded(Buffer.from(text), '')).toEqual({ text, charset: 'utf-8', guessed: false });
    },
  );
});

describe('UTF-32', () => {
  const units = (text: string, order: 'be' | 'le'): Buffer => {
    const all = Buffer.alloc([...text].length * 4);
    [...text].forEach((one, at) => {
      const code = one.codePointAt(0) ?? 0;
      if (order === 'be') all.writeUInt32BE(code, at * 4);
      else all.writeUInt32LE(code, at * 4);
    });
    return all;
  };

  test.each([
    ['utf-32', '\ufeff', 'be', 'utf-32be', false],
    ['UTF-32', '\ufeff', 'le', 'utf-32le', false],
    ['utf-32', '', 'be', 'utf-32be', false],
    ['utf-32le', '', 'le', 'utf-32le', false],
    ['utf-32be', '', 'be', 'utf-32be', false],
    ['ISO-10646-UCS-4', '', 'be', 'utf-32be', false],
    ['', '\ufeff', 'le', 'utf-32le', true],
    ['utf-8', '\ufeff', 'be', 'utf-32be', true],
  ] as const)('%s, %j in front, in the order %s', (label, mark, order, charset, guessed) => {
    const text = 'é 你 🙂';
    expect(decoded(units(mark + text, order), label)).toEqual({ text, charset, guessed });
  });

  test.each(['utf-32', 'utf-32le'])('that %s cannot be is guessed', (label) => {
    const { text, guessed } = decoded(Buffer.from('caf\xe9 au lait', 'latin1'), label);
    expect([text, guessed]).toEqual(['café au lait', true]);
  });
});

describe('a charset that nobody here has a table of', () => {
  test.each(['johab', 'x-viet-vps', 'ebcdic', 'cp037', 'cp1047'])(
    '%s is shown by a guess that says it is one, and can be overridden',
    (label) => {
      const stored = Buffer.from('Vi\xd6t \x88\x61\xb4\xc1 Nam', 'latin1');
      const { text, guessed } = decoded(stored, label);
      expect([text.length > 0, guessed]).toEqual([true, true]);
      expect(decoded(stored, 'tcvn')).toMatchObject({ charset: 'tcvn', guessed: false });
    },
  );
});

describe('CNS 11643', () => {
  // iconv leaves out what is no character byte by byte, and reads the rest as something else: what
  // both see is what they agree on, and of the planes that have only Han, signs are none of them.
  const isCharacter = (text: string, plane: number): boolean =>
    [...text].length === 1 && (plane === 1 || /^\p{Script=Han}$/u.test(text));

  test.skipIf(!hasPeer('iconv'))(
    'in EUC-TW is read as glibc reads it, character by character',
    () => {
      const places = [1, 2, 3, 4, 5, 6, 7].flatMap((plane) =>
        Array.from({ length: 94 * 94 }, (_, at) => {
          const shift = plane === 1 ? [] : [0x8e, 0xa0 + plane];
          return { plane, code: [...shift, 0xa1 + Math.floor(at / 94), 0xa1 + (at % 94)] };
        }),
      );
      const input = Buffer.from(places.flatMap(({ code }) => [...code, 0x0a]));
      const iconv = spawnSync('iconv', ['-c', '-f', 'EUC-TW', '-t', 'UTF-8'], { input });
      const theirs = iconv.stdout.toString('utf8').split('\n');
      const ours = decoded(input, 'euc-tw').text.split('\n');
      let same = 0;
      const other = places.flatMap(({ plane, code }, at) => {
        const [their = '', our = ''] = [theirs[at], ours[at]];
        const wanted = isCharacter(their, plane) ? their : '\ufffd';
        if (our === wanted && our !== '\ufffd') same += 1;
        return our === wanted ? [] : [`${Buffer.from(code).toString('hex')} ${their} ${our}`];
      });
      expect(other).toEqual([]);
      expect(same).toBeGreaterThan(48_000);
    },
  );

  test('what is no character is marked, and no byte of ASCII is lost', () => {
    const text = bytes(
      0x61,
      0xc4,
      0xe3,
      0x8e,
      0xa1,
      0xc4,
      0xe3,
      0x8e,
      0xa8,
      0xa1,
      0xa1,
      0xff,
      0x62,
      0x8e,
    );
    const [one] = decoded(bytes(0xc4, 0xe3), 'x-euc-tw').text;
    expect(decoded(text, 'euc-tw').text).toBe(`a${one}${one}\ufffd\ufffdb\ufffd`);
  });
});

describe('a guess', () => {
  test.each([
    ['of nothing but ASCII is none', 'abc', 'utf-8', false],
    ['of UTF-8', 'caf\xc3\xa9', 'utf-8', true],
    ['of Latin-1', 'caf\xe9', 'windows-1252', true],
    ['of Japanese by its escapes', '\x1b$B$3\x1b(B', 'iso-2022-jp', true],
  ])('%s', (_, text, charset, guessed) => {
    const found = decoded(Buffer.from(text, 'latin1'), null);
    expect([found.charset, found.guessed]).toEqual([charset, guessed]);
  });
});
