/** Mail from abroad in the sample archive: every charset and encoding that old programs wrote. */

import { textPart } from './mime.mjs';
import { encodedWords } from './encodings.mjs';
import { ABROAD, VILLAGE } from './people.mjs';
import { signed } from './story.mjs';
import { LETTERS } from './texts-abroad.mjs';

/** How the text is carried, in turn; ISO-2022-JP is made for seven bits. */
const TRANSFERS = ['quoted-printable', 'base64', '8bit'];

/** @param {import('./story.mjs').Story} story */
export function letters(story) {
  const { random } = story;
  for (const [language, { letters: written, answer }] of Object.entries(LETTERS)) {
    const from = ABROAD[language];
    for (const [index, [subject, text]] of [...written, ...written].entries()) {
      const again = index >= written.length;
      const letter = story.send({
        kind: `letter-${language}`,
        ...lettered(from, again ? `${subject} (2)` : subject, text, index),
        sentMs: story.moment(
          2001 + random.integer(0, 13),
          random.integer(1, 12),
          random.integer(1, 28),
        ),
        to: [VILLAGE[1], VILLAGE[0]],
      });
      if (!again) answered(story, letter, from, answer);
    }
  }
}

/** A letter in the writer's charset: body, subject and name. */
function lettered(from, subject, text, index) {
  const { charset = 'utf-8', encoding = 'Q' } = from;
  const transfer = charset === 'iso-2022-jp' ? '7bit' : TRANSFERS[index % TRANSFERS.length];
  return {
    from,
    subject,
    text,
    part: textPart(signed(text, from), { charset, transfer }),
    written: {
      // Some programs cut a character in two at the end of an encoded word.
      subject: encodedWords(subject, {
        charset,
        encoding,
        careless: index % 3 === 2 && charset !== 'iso-2022-jp',
      }),
    },
  };
}

function answered(story, letter, from, answer) {
  const prefix = from === ABROAD.german ? 'AW: ' : 'Re: ';
  const reply = story.reply(letter, VILLAGE[1], answer, { prefix });
  reply.part = textPart(reply.text, { transfer: 'base64' });
}
