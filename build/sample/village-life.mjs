/** The ordinary mail of the sample archive: meetings, recipes, photographs, newsletters, digests. */

import { landscape, emblem } from './pictures.mjs';
import {
  filePart,
  message,
  messagePart,
  multipart,
  rawPart,
  textPart,
  dateField,
} from './mime.mjs';
import { EMIGRANT, SOCIETY, VILLAGE } from './people.mjs';
import { days, mailbox, signed } from './story.mjs';
import {
  AGENDA,
  NOTICES,
  OPENINGS,
  PHOTO_SUBJECTS,
  RECIPES,
  REPLIES,
  STORIES,
} from './texts-village.mjs';

const [SECRETARY, , , , , , , , , EDITOR] = VILLAGE;
export const FIRST_YEAR = 2001;
export const LAST_YEAR = 2014;

/** @typedef {import('./story.mjs').Story} Story */

/** Minutes of each meeting, and what people thought of them. @param {Story} story */
export function meetings(story) {
  const { random } = story;
  const months = [2, 6, 10];
  for (let number = 0; number < (LAST_YEAR - FIRST_YEAR + 1) * months.length; number++) {
    const year = FIRST_YEAR + Math.floor(number / months.length);
    const sentMs = story.moment(year, months[number % months.length], random.integer(3, 26));
    const present = random.some(VILLAGE, random.integer(6, 10)).map((person) => person.name);
    const items = random
      .some(AGENDA, random.integer(4, 7))
      .map(([heading, said], index) => `${index + 1}. ${heading.toUpperCase()}\n${said}`);
    const text = [
      random.pick(OPENINGS),
      `Herewith the minutes of meeting number ${number + 101}. Corrections to me, please, before the next one.`,
      `Present: ${present.join(', ')}.`,
      ...items,
      'There being no other business that could wait, the meeting closed at ten past nine.',
    ].join('\n\n');
    const minutes = story.send({
      kind: 'minutes',
      from: SECRETARY,
      subject: `Minutes of meeting ${number + 101}`,
      sentMs,
      text,
      part: textPart(signed(text, SECRETARY), { flowed: number % 2 === 0 }),
      more: ['List-Id: Marrowfield Village Society <society.marrowfield.example>'],
    });
    thread(story, minutes, random.integer(0, 4));
  }
}

/** @param {Story} story */
export function recipes(story) {
  const { random } = story;
  for (let number = 0; number < 24; number++) {
    const [name, ingredients, method] = RECIPES[number % RECIPES.length];
    const again = number >= RECIPES.length;
    const text = [
      again
        ? `Several people have asked, so here once more, as it is really made:`
        : 'As promised at the hall:',
      ingredients.map((line) => `  * ${line}`).join('\n'),
      method,
    ].join('\n\n');
    const recipe = story.send({
      kind: 'recipe',
      from: story.neighbour(),
      subject: again ? `Recipe, again: ${name}` : `Recipe: ${name}`,
      sentMs: story.moment(
        FIRST_YEAR + Math.floor(number / 1.8),
        random.integer(1, 12),
        random.integer(1, 28),
      ),
      text,
      flags: { starred: random.chance(0.2) },
    });
    thread(story, recipe, random.integer(0, 2));
  }
}

/** @param {Story} story */
export function notices(story) {
  const { random } = story;
  for (let number = 0; number < 72; number++) {
    const [subject, said] = NOTICES[number % NOTICES.length];
    const from = story.neighbour();
    const notice = story.send({
      kind: 'notice',
      from,
      subject,
      sentMs: story.moment(
        FIRST_YEAR + Math.floor(number / 5.2),
        random.integer(1, 12),
        random.integer(1, 28),
      ),
      text: `${random.pick(OPENINGS)}\n\n${said}`,
      flags: { deleted: number % 16 === 11 },
    });
    thread(story, notice, random.pick([0, 0, 0, 1, 1, 2]));
  }
}

/** @param {Story} story */
export function photographs(story) {
  const { random } = story;
  for (let number = 0; number < 24; number++) {
    const subject = PHOTO_SUBJECTS[number % PHOTO_SUBJECTS.length];
    const from = number % 5 === 4 ? EMIGRANT : story.neighbour();
    const text = `${random.pick(OPENINGS)}\n\nI thought you might like to see this. Taken with the new camera, before breakfast.`;
    const pictures = Array.from({ length: number % 6 === 0 ? 2 : 1 }, (_, index) => ({
      name: `${subject
        .toLowerCase()
        .replace(/[^a-z]+/g, '-')
        .replace(/-$/, '')}-${index + 1}.png`,
      bytes: landscape(random, 200, 130),
    }));
    const photo = story.send({
      kind: 'photo',
      from,
      subject: `Photo: ${subject}`,
      sentMs: story.moment(
        2003 + Math.floor(number / 2.1),
        random.integer(1, 12),
        random.integer(1, 28),
      ),
      text,
      part: multipart(
        'mixed',
        [
          textPart(signed(text, from)),
          ...pictures.map(({ name, bytes }) => filePart(bytes, { type: 'image/png', name })),
        ],
        story.boundary(),
        'This is a multi-part message in MIME format.',
      ),
      attachments: pictures.map(({ name, bytes }) => ({
        name,
        type: 'image/png',
        bytes: bytes.length,
      })),
      flags: { starred: random.chance(0.15) },
    });
    thread(story, photo, random.integer(0, 1));
  }
}

/** The Marrow, in HTML with its emblem, and in plain words. @param {Story} story */
export function newsletters(story) {
  const { random } = story;
  for (let number = 1; number <= 16; number++) {
    const season = ['Spring', 'Summer', 'Autumn', 'Winter'][number % 4];
    const year = 2005 + Math.floor(number / 2);
    const stories = random.some(STORIES, 3);
    const text = `THE MARROW, ${season} ${year}\n\n${stories.join('\n\n')}\n\nThe editor thanks all who wrote, and those who promised to.`;
    const html = [
      '<html><head><style>body { font-family: Georgia, serif } h1 { color: #345c3c }</style></head><body>',
      `<p><img src="cid:emblem${number}@marrowfield.example" alt="The society's emblem" width="48"></p>`,
      `<h1>The Marrow &ndash; ${season} ${year}</h1>`,
      ...stories.map((paragraph) => `<p>${paragraph.replaceAll('&', '&amp;')}</p>`),
      '<p>More at <a href="http://www.marrowfield.example/marrow">our website</a>.</p>',
      '<p><small>The editor thanks all who wrote, and those who promised to.</small></p>',
      '</body></html>',
    ].join('\n');
    const related = multipart(
      'related',
      [
        textPart(html, { subtype: 'html', transfer: 'quoted-printable' }),
        filePart(emblem(), {
          type: 'image/png',
          name: 'emblem.png',
          disposition: 'inline',
          cid: `emblem${number}@marrowfield.example`,
        }),
      ],
      story.boundary(),
    );
    story.send({
      kind: 'newsletter',
      from: EDITOR,
      subject: `The Marrow, ${season} ${year}`,
      sentMs: story.moment(year, random.integer(1, 12), random.integer(1, 28)),
      text,
      part: multipart('alternative', [textPart(text), related], story.boundary()),
      more: [
        'List-Unsubscribe: <mailto:society@marrowfield.example?subject=unsubscribe>',
        'Precedence: bulk',
      ],
    });
  }
}

/** Digests of the list: whole messages in one, and the same as plain text. @param {Story} story */
export function digests(story) {
  const { random } = story;
  for (let number = 1; number <= 8; number++) {
    const sentMs = story.moment(2002 + number, random.integer(1, 12), random.integer(1, 28));
    const entries = random
      .some(NOTICES, 4)
      .map(([subject, said]) => ({ subject, said, from: story.neighbour() }));
    const contents = entries.map(
      ({ subject, from }, index) => `   ${index + 1}. ${subject} (${from.name})`,
    );
    const intro = `Today's topics:\n\n${contents.join('\n')}`;
    story.send({
      kind: number % 2 ? 'digest' : 'text-digest',
      from: SOCIETY,
      subject: `Society digest, vol ${number}, issue ${random.integer(1, 50)}`,
      sentMs,
      text: intro,
      part:
        number % 2 ? mimeDigest(story, intro, entries, sentMs) : textDigest(intro, entries, sentMs),
      more: ['Precedence: list'],
    });
  }
}

function mimeDigest(story, intro, entries, sentMs) {
  const messages = entries.map(({ subject, said, from }) =>
    rawPart(
      'message/rfc822',
      message(fieldsOf(subject, from, sentMs), textPart(said)).toString('latin1'),
    ),
  );
  const digest = multipart('digest', messages, story.boundary());
  return multipart('mixed', [textPart(intro), digest], story.boundary());
}

/** RFC 1153. */
function textDigest(intro, entries, sentMs) {
  const rule = '-'.repeat(30);
  const messages = entries.map(
    ({ subject, said, from }) =>
      `${fieldsOf(subject, from, sentMs).join('\n')}\n\n${said}\n\n${rule}\n`,
  );
  return textPart(`${intro}\n\n${'-'.repeat(70)}\n\n${messages.join('\n')}\nEnd of society digest`);
}

function fieldsOf(subject, from, sentMs) {
  return [
    `Date: ${dateField(sentMs - days(1), 0)}`,
    `From: ${mailbox(from)}`,
    `Subject: ${subject}`,
  ];
}

/** A message of a neighbour, attached whole. */
export function forwarded(subject, said, from, sentMs) {
  return messagePart(message(fieldsOf(subject, from, sentMs), textPart(said)));
}

/** Answers, each to the one before or to the first. */
export function thread(story, first, count) {
  let last = first;
  for (let number = 0; number < count; number++) {
    const answered = story.random.chance(0.6) ? last : first;
    const from = story.neighbour(answered.from);
    last = story.reply(answered, from, story.random.pick(REPLIES));
  }
}
