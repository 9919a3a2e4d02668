/** Small real files for attachments: ZIP, PDF, vCard, iCalendar. Imports the pictures' checksum. */

import { crc32 } from './pictures.mjs';

/** 2008-05-04, noon, as ZIP writes it. */
const ZIP_TIME = 0x6000;
const ZIP_DATE = ((2008 - 1980) << 9) | (5 << 5) | 4;

/**
 * A ZIP archive, its files stored as they are.
 * @param {ReadonlyArray<readonly [name: string, content: string]>} files
 */
export function zip(files) {
  const bodies = [];
  const directory = [];
  let offset = 0;
  for (const [name, content] of files) {
    const data = Buffer.from(content, 'utf8');
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(0x0800, 2);
    facts.writeUInt16LE(ZIP_TIME, 6);
    facts.writeUInt16LE(ZIP_DATE, 8);
    facts.writeUInt32LE(crc32(data), 10);
    facts.writeUInt32LE(data.length, 14);
    facts.writeUInt32LE(data.length, 18);
    facts.writeUInt16LE(Buffer.byteLength(name), 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    const body = Buffer.concat([Buffer.from('PK\x03\x04'), facts, Buffer.from(name), data]);
    bodies.push(body);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), facts, place, Buffer.from(name)]),
    );
    offset += body.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, listed, end]);
}

/** A PDF of one page with lines of text. */
export function pdf(lines) {
  const shown = lines.map((line) => `(${line.replace(/[()\\]/g, '\\$&')}) Tj T*`).join('\n');
  const content = `BT /F1 12 Tf 16 TL 72 760 Td\n${shown}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const place = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(text + table + trailer, 'latin1');
}

/** A visiting card (RFC 2426). */
export function vcard({ name, address }, role) {
  const [first, ...rest] = name.split(' ');
  const lines = [
    'BEGIN:VCARD',
    'VERSION:3.0',
    `N:${rest.join(' ')};${first};;;`,
    `FN:${name}`,
    `TITLE:${role}`,
    'ORG:Marrowfield Village Society',
    `EMAIL;TYPE=INTERNET:${address}`,
    'TEL;TYPE=HOME:01632 960142',
    'END:VCARD',
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n`, 'utf8');
}

/** An invitation (RFC 5545). `stamp` is such as `20100612T143000Z`. */
export function invitation({ organiser, guest, stamp, title, place }) {
  const lines = [
    'BEGIN:VCALENDAR',
    'PRODID:-//Marrowfield Village Society//Diary//EN',
    'VERSION:2.0',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    `UID:${stamp}@marrowfield.example`,
    `DTSTAMP:${stamp}`,
    `DTSTART:${stamp}`,
    'DURATION:PT2H',
    `SUMMARY:${title}`,
    `LOCATION:${place}`,
    `ORGANIZER;CN=${organiser.name}:mailto:${organiser.address}`,
    `ATTENDEE;RSVP=TRUE:mailto:${guest.address}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n`, 'utf8');
}
