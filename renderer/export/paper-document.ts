/**
 * Messages as a document for paper: a table of fields and the text of each, on pages of their own.
 *
 * Everything in a message is hostile: what came from one goes into text nodes only, of a document
 * that runs nothing, and is written out by the browser itself. Nothing is ever put together from
 * strings.
 */

import type { PrintedMessage } from '../../shared/export-contract.ts';
import { say } from '../../shared/language/say.ts';

const STYLE = `
@page { margin: 18mm 16mm; @bottom-center { content: counter(page) " / " counter(pages); font: 8pt sans-serif; color: #555; } }
body { font: 10pt/1.45 system-ui, "Noto Sans", "DejaVu Sans", sans-serif; color: #111; margin: 0; }
article + article { break-before: page; }
h1 { font-size: 14pt; line-height: 1.25; margin: 0 0 4mm; overflow-wrap: anywhere; }
table { border-collapse: collapse; border-bottom: 0.3mm solid #999; margin: 0 0 5mm; padding: 0; width: 100%; }
th { color: #555; font-weight: normal; padding: 0 4mm 1mm 0; text-align: start; vertical-align: top; width: 22mm; }
td { overflow-wrap: anywhere; padding: 0 0 1mm; }
tr:last-child > * { padding-bottom: 3mm; }
pre { font: inherit; margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
p { color: #555; font-size: 9pt; margin: 4mm 0 0; }
`;

/** @returns the document as HTML */
export function paperDocument(title: string, messages: readonly PrintedMessage[]): string {
  const page = document.implementation.createHTMLDocument(title);
  const charset = page.createElement('meta');
  charset.setAttribute('charset', 'utf-8');
  const style = page.createElement('style');
  style.textContent = STYLE;
  page.head.prepend(charset);
  page.head.append(style);
  for (const message of messages) page.body.append(article(page, message));
  return `<!doctype html>\n${page.documentElement.outerHTML}`;
}

function article(page: Document, message: PrintedMessage): HTMLElement {
  const of = page.createElement('article');
  const table = page.createElement('table');
  const { subject, fields, text, attachments, cut } = message;
  const rows = fields.map(({ name, value }) => ({ name: fieldName(name), value }));
  if (attachments.length > 0) {
    rows.push({ name: say('letter.attached'), value: attachments.join(', ') });
  }
  for (const { name, value } of rows) {
    const row = page.createElement('tr');
    row.append(withText(page, 'th', name), withText(page, 'td', value));
    table.append(row);
  }
  of.append(withText(page, 'h1', subject || say('none.subject')), table);
  // The first line end in a pre is not shown; this one is not the message's.
  of.append(withText(page, 'pre', `\n${text.trimEnd()}`));
  if (text.trim() === '') of.append(withText(page, 'p', say('reader.noText')));
  if (cut) of.append(withText(page, 'p', say('paper.cut')));
  return of;
}

/** The engine names fields as messages do. */
function fieldName(name: string): string {
  const known = (['from', 'to', 'cc', 'date'] as const).find((one) => one === name.toLowerCase());
  return known ? say(`letter.${known}`) : name;
}

function withText(page: Document, name: string, text: string): HTMLElement {
  const element = page.createElement(name);
  element.append(page.createTextNode(text));
  // Each in its own direction.
  element.dir = 'auto';
  return element;
}
