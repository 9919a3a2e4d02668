/**
 * Months as programs wrote them that took the names of a person's own language (German, French, Spanish,
 * Italian, Portuguese, Dutch, Danish, Norwegian, Swedish), in English. Imports nothing; linear. Names that mean
 * one month here and another one there, as in Slavic languages, are not among them.
 */

const NAMES: readonly string[] = [
  'january januar janner janvier janv enero ene gennaio gen janeiro januari',
  'february februar fevrier fevr fev febrero febbraio fevereiro februari',
  'march marz mrz mars marzo marco maart mrt marts',
  'april avril avr abril abr aprile apr',
  'may mai mayo maggio mag maio mei maj',
  'june juni juin junio giugno giu junho',
  'july juli juillet juil julio luglio lug julho',
  'august aout agosto ago augustus augusti',
  'september septembre septiembre setiembre settembre set setembro sept',
  'october oktober okt octobre octubre ottobre ott outubro out',
  'november novembre noviembre novembro',
  'december dezember dez decembre diciembre dic dicembre dezembro desember des',
];
const ENGLISH = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTHS: ReadonlyMap<string, string> = new Map(
  ENGLISH.flatMap((english, month) =>
    [english, ...(NAMES[month] ?? '').split(' ')].map((name) => [name, english] as const),
  ),
);

/** `14 déc. 2004`, `14. Dez 04`, `14-dic-2004`, `14 de dezembro de 2004`. */
const DAY_FIRST =
  /(\d{1,2}\.?[\s-]\s{0,9}(?:de\s)?)([a-z\x80-\xff]{3,12})(\.?[\s-]\s{0,9}(?:de\s)?)(?=\d\d)/i;
/** `Dez 14 10:11`, `Okt  2 10:11`. */
const MONTH_FIRST = /()([a-z\x80-\xff]{3,12})(\.?\s{1,9})(?=\d{1,2}\s\s?\d\d:\d\d)/i;
/** A Tuesday of the South, which is no March. */
const TUESDAY = /(^|[\s,])mar(?:di|tes|ted.{1,2})?\.?,?\s{1,9}$/i;

/** A date with the name of its month in English; the same text if it has none that is known. */
export function withEnglishMonth(text: string): string {
  for (const form of [DAY_FIRST, MONTH_FIRST]) {
    const found = form.exec(text);
    if (!found) continue;
    const [all, before = '', name = '', behind = ''] = found;
    const english = MONTHS.get(plain(name));
    if (english === undefined) continue;
    const front = text.slice(0, found.index).replace(TUESDAY, '$1');
    const gap = (between: string): string => between.replace(/[.-]|de\s/gi, ' ');
    return front + gap(before) + english + gap(behind) + text.slice(found.index + all.length);
  }
  return text;
}

/** In lower case and without accents, of bytes in UTF-8 or Latin-1. */
function plain(name: string): string {
  if (!/[\x80-\xff]/.test(name)) return name.toLowerCase();
  const read = Buffer.from(name, 'latin1').toString('utf8');
  const text = read.includes('\ufffd') ? name : read;
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
