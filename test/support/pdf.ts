/** PDFs written by hand: the smallest that a reader takes, with anything put into them. */

/** An object of a PDF: a dictionary as written, and a stream if it has one. */
export interface PdfObject {
  readonly dictionary: string;
  readonly stream?: string;
}

/**
 * A whole PDF: header, objects numbered from 1 (the first is the catalog), table of places, trailer.
 * (ISO 32000-1 section 7.5.)
 */
export function pdfOf(objects: readonly PdfObject[]): Buffer {
  let text = '%PDF-1.7\n';
  const places = objects.map(({ dictionary, stream }, index) => {
    const place = text.length;
    const body =
      stream === undefined
        ? `<<${dictionary}>>`
        : `<<${dictionary}/Length ${stream.length}>>\nstream\n${stream}\nendstream`;
    text += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return place;
  });
  const table = text.length;
  const rows = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  text += `trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}

/**
 * A PDF of pages with a word and a red square on each.
 * @param extra written into the catalog: actions, names, forms
 * @param annotation written into each page
 */
export function pages(count: number, extra = '', annotation = ''): Buffer {
  const numbers = Array.from({ length: count }, (_, at) => 4 + 2 * at);
  return pdfOf([
    { dictionary: `/Type/Catalog/Pages 2 0 R${extra}` },
    {
      dictionary: `/Type/Pages/Count ${count}/Kids[${numbers.map((number) => `${number} 0 R`).join(' ')}]`,
    },
    { dictionary: '/Type/Font/Subtype/Type1/BaseFont/Helvetica' },
    ...numbers.flatMap((number, at): PdfObject[] => [
      {
        dictionary:
          `/Type/Page/Parent 2 0 R/MediaBox[0 0 400 500]/Contents ${number + 1} 0 R` +
          `/Resources<</Font<</F 3 0 R>>>>${annotation}`,
      },
      {
        dictionary: '',
        stream: `1 0 0 rg 0 400 100 100 re f 0 g BT /F 24 Tf 60 300 Td (Page ${at + 1} of a letter) Tj ET`,
      },
    ]),
  ]);
}
