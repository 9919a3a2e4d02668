/** Goal: lists, labels and every recipient are known, however programs have written them. */

import { describe, expect, it } from 'vitest';
import { Envelopes } from '../../../electron/catalog/envelopes.ts';
import { EnvelopeDecoder } from '../../../electron/message/envelope-decoder.ts';
import { readEnvelope } from '../../../electron/message/envelope.ts';
import { labelsOf } from '../../../electron/message/lists-and-labels.ts';
import { decodedTogether, seenAlone, type StoredMessage } from '../../support/decoded-envelopes.ts';

const message = (...lines: string[]): StoredMessage => {
  const head = `From a@b Mon Jan  1 00:00:00 2001\n`;
  const fields = ['From: A <a@example.org>', 'Date: Mon, 1 Jan 2001 00:00:00 +0000', ...lines];
  const header = `${head}${fields.join('\n')}\n\n`;
  return {
    stored: Buffer.from(`${header}Text.\n\n`, 'utf8'),
    headerLength: Buffer.byteLength(header),
    separatorLength: head.length,
  };
};

const envelopeOf = (...lines: string[]) => {
  const { stored, headerLength, separatorLength } = message(...lines);
  return readEnvelope(stored, headerLength, separatorLength);
};

const LISTS: [string, string][] = [
  ['List-Id: Python developers <python-dev.python.org>', 'python-dev.python.org'],
  ['List-ID: <Debian-User.lists.debian.org>', 'debian-user.lists.debian.org'],
  ['List-Id: "A <b> list" <a.example.org>', 'a.example.org'],
  ['List-Post: <mailto:python-dev@python.org>', 'python-dev.python.org'],
  ['List-Post: <mailto:x@y.org?subject=a> (Moderated)', 'x.y.org'],
  [
    'X-Mailing-List: <debian-user@lists.debian.org> archive/latest/1',
    'debian-user.lists.debian.org',
  ],
  [
    'Mailing-List: list sewing@yahoogroups.com; contact sewing-owner@yahoogroups.com',
    'sewing.yahoogroups.com',
  ],
  ['List-Post: NO\nMailing-List: contact c-help@perl.org; run by ezmlm', 'c-help.perl.org'],
  ['Subject: x', ''],
];

const LABELS: [string, string[]][] = [
  ['X-Gmail-Labels: Inbox,Important,"a, b"', ['Inbox', 'Important', 'a, b']],
  ['X-Gmail-Labels: =?UTF-8?Q?Entw=C3=BCrfe,Wichtig?=', ['Entwürfe', 'Wichtig']],
  [
    'X-Gmail-Labels: =?UTF-8?Q?Archiviert,Kategorie:_=22=22Pers=C3=B6nlich=22=22?=',
    ['Archiviert', 'Kategorie: Persönlich'],
  ],
  [
    'X-Gmail-Labels: =?UTF-8?Q?Ouvert,Cat=C3=A9gorie=C2=A0:_E-mails_?= =?UTF-8?Q?personnels,"Arts,_lettres"?=',
    ['Ouvert', 'Catégorie : E-mails personnels', 'Arts, lettres'],
  ],
  ['X-Gmail-Labels: Inbox,Category: "a, b",6" pipes', ['Inbox', 'Category: a, b', '6" pipes']],
  ['X-Gmail-Labels: ,"x",,y', ['x', 'y']],
  ['X-Mozilla-Keys: $label1 NonJunk boat                    ', ['Important', 'boat']],
  ['X-Mozilla-Keys:                                     ', []],
  ['X-Keywords: Work Work later', ['Work', 'later']],
  [
    'X-Gmail-Labels: Work\nX-Mozilla-Keys: $label2 sea\nX-Keywords: sea land',
    ['Work', 'sea', 'land'],
  ],
];

describe('told from the header', () => {
  it.each(LISTS)('the list in %s', (lines, list) => {
    expect(envelopeOf(...lines.split('\n')).list).toBe(list);
  });

  it.each(LABELS)('the labels in %s', (lines, labels) => {
    expect(labelsOf(envelopeOf(...lines.split('\n')).labels)).toEqual(labels);
  });

  it('the labels of Babyl, those that say nothing left out', () => {
    const { stored, headerLength, separatorLength } = message();
    const marks = { attributes: ['answered'], labels: ['boat', 'unseen', 'sea'] };
    const { labels } = readEnvelope(stored, headerLength, separatorLength, marks);
    expect(labelsOf(labels)).toEqual(['boat', 'sea']);
  });

  it('the same in a batch', () => {
    const lines = [...LISTS, ...LABELS].map(([one]) => one);
    const people = [
      'To: B <b@example.org>, c@example.org\nCc: D <d@example.org>, =?utf-8?q?=C3=89?= <e@f.org>',
    ];
    const many = Array.from({ length: 20 }, (_none, at) => `P${at} <p${at}@example.org>`).join(
      ', ',
    );
    const messages = [...lines, ...people, `To: ${many}`].map((one) => message(...one.split('\n')));
    expect(decodedTogether(new EnvelopeDecoder(), messages)).toEqual(messages.map(seenAlone));
  });
});

it('recipients beyond those shown are kept, and senders with their addresses', () => {
  const many = Array.from({ length: 200 }, (_none, at) => `P${at} <p${at}@example.org>`).join(', ');
  const { stored, headerLength, separatorLength } = message(`To: ${many}`);
  const envelope = readEnvelope(stored, headerLength, separatorLength);
  expect(envelope.to).toContain('p199@example.org');
  expect(envelope.from).toBe('A\0a@example.org');
  const envelopes = new Envelopes();
  envelopes.set(0, envelope, 0);
  expect(envelopes.from(0)).toBe('A');
  expect(envelopes.to(0)).toBe('P0, P1, P2, P3, P4, P5, P6, P7, …');
});
