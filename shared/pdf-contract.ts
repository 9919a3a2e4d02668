/**
 * The frame that draws PDFs: where it is, and what a window hands it. The frame belongs to a site of
 * its own, so that a process of its own shows it: whatever a PDF does to what draws it, neither the
 * window nor a message beside it is in reach.
 */

/** The scheme by which the frame and its two scripts are served, and nothing else. */
export const PDF_SCHEME = 'mailkeep-pdf';
export const PDF_FRAME = `${PDF_SCHEME}://viewer/`;
export const PDF_SCRIPT = `${PDF_FRAME}viewer.js`;
/** A script of data: Adobe's tables of the codes of Chinese, Japanese and Korean, for PDFs that name one. */
export const PDF_CMAPS = `${PDF_FRAME}cmaps.js`;
/** What that script sets: each table by its name, packed by pdf.js, in base64. */
export const CMAPS_NAME = 'mailkeepCMaps';

/** A PDF of more bytes is not drawn. */
export const PDF_BYTES_MAX = 64 * 1024 * 1024;

/** More pages are not laid out; the file can be opened in a program of its own. */
export const PDF_PAGES_MAX = 2000;

/** What the frame says, in the language of the window. */
export interface PdfWords {
  readonly language: string;
  /** With `PAGE` and `PAGES` where the numbers stand. */
  readonly pageOf: string;
  readonly undrawn: string;
  readonly more: string;
  readonly password: string;
  readonly unreadable: string;
}

export const PAGE = '\ue000';
export const PAGES = '\ue001';

/** What the window posts to the frame once, when it has loaded. */
export interface PdfToDraw {
  readonly pdf: Uint8Array;
  readonly words: PdfWords;
}
