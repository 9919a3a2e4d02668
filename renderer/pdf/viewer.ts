/**
 * Draws a PDF on canvases, page by page as they come into sight. Runs in the frame that
 * electron/main/pdf-frame.ts serves, and imports pdf.js and the contract only: no React, no bridge.
 *
 * A PDF is hostile. Its scripts, forms, links and files are not looked at: pdf.js gets no sandbox to
 * run scripts in, and only what is drawn is drawn. What it would fetch (fonts of the system excepted,
 * which it finds by name) the frame's policy stops. Promises: canvases in memory are bounded.
 *
 * Why pdf.js, and why from `unpdf`: Chromium's own viewer needs plugins, an extension and scripts of
 * documents, none of which can be taken away from it. The package of pdf.js itself brings a native
 * canvas of 33 MB for Node. Later versions of both decode faxes and scans (CCITT, JBIG2) in
 * WebAssembly that has to be fetched and compiled; this one does in plain script.
 */

import { getDocument, type PDFDocumentProxy } from 'unpdf/pdfjs';
import {
  CMAPS_NAME,
  PAGE,
  PAGES,
  PDF_PAGES_MAX,
  type PdfToDraw,
  type PdfWords,
} from '../../shared/pdf-contract.ts';
import { VIEWER_STYLE } from './viewer-style.ts';

/** A page has no more pixels than this, whatever size it says it has; four bytes each. */
const PIXELS_MAX = 12 * 1000 * 1000;
/** A picture in a page that would have more is left out. */
const PICTURE_PIXELS_MAX = 64 * 1000 * 1000;
const DENSITY_MAX = 2;
/** So much above and below what is in sight is drawn too. */
const NEAR = '60% 0px';

function tell(sentence: string): void {
  const paragraph = document.createElement('p');
  paragraph.dir = 'auto';
  paragraph.textContent = sentence;
  document.querySelector('#pages')?.append(paragraph);
}

/** One page: a sheet of paper that is blank while it is out of sight. */
class Sheet {
  readonly element = document.createElement('div');
  readonly #pdf: PDFDocumentProxy;
  readonly #number: number;
  #canvas: HTMLCanvasElement | null = null;

  readonly #words: PdfWords;

  constructor(
    pdf: PDFDocumentProxy,
    number: number,
    size: { readonly width: number; readonly height: number },
    words: PdfWords,
  ) {
    this.#pdf = pdf;
    this.#words = words;
    this.#number = number;
    this.element.className = 'sheet';
    this.element.role = 'img';
    this.element.ariaLabel = words.pageOf
      .replace(PAGE, String(number))
      .replace(PAGES, String(pdf.numPages));
    this.#fit(size);
  }

  /** Draws the page; what is wrong with it is said in its place. */
  async draw(): Promise<void> {
    if (this.#canvas) return;
    const canvas = document.createElement('canvas');
    this.#canvas = canvas;
    try {
      const page = await this.#pdf.getPage(this.#number);
      const bare = page.getViewport({ scale: 1 });
      this.#fit(bare);
      const wanted =
        (this.element.clientWidth / bare.width) * Math.min(devicePixelRatio, DENSITY_MAX);
      const scale = Math.min(wanted, Math.sqrt(PIXELS_MAX / (bare.width * bare.height)));
      const viewport = page.getViewport({ scale });
      canvas.width = Math.max(1, Math.floor(viewport.width));
      canvas.height = Math.max(1, Math.floor(viewport.height));
      await page.render({ canvas, viewport }).promise;
      if (this.#canvas === canvas) this.element.replaceChildren(canvas);
      page.cleanup();
    } catch {
      if (this.#canvas === canvas) this.element.replaceChildren(this.#words.undrawn);
    }
    this.element.dataset['drawn'] = 'true';
  }

  /** Gives its memory back. */
  blank(): void {
    if (this.#canvas) this.#canvas.width = 0;
    this.#canvas = null;
    this.element.replaceChildren();
    delete this.element.dataset['drawn'];
  }

  #fit({ width, height }: { readonly width: number; readonly height: number }): void {
    this.element.style.aspectRatio = `${Math.max(1, width)} / ${Math.max(1, height)}`;
  }
}

/** Draws what comes into sight, one page after the other, and blanks what leaves it. */
function drawInSight(sheets: readonly Sheet[]): void {
  const sheetOf = new Map<Element, Sheet>(sheets.map((sheet) => [sheet.element, sheet]));
  const wanted = new Set<Sheet>();
  let drawing = false;
  const drawWanted = async (): Promise<void> => {
    if (drawing) return;
    drawing = true;
    for (let [sheet] = wanted; sheet; [sheet] = wanted) {
      wanted.delete(sheet);
      await sheet.draw();
    }
    drawing = false;
  };
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const sheet = sheetOf.get(target);
        if (!sheet) continue;
        if (isIntersecting) wanted.add(sheet);
        else {
          wanted.delete(sheet);
          sheet.blank();
        }
      }
      void drawWanted();
    },
    { rootMargin: NEAR },
  );
  for (const { element } of sheets) observer.observe(element);
}

/** The tables that a PDF may name instead of bringing them; pdf.js asks for them by name. */
class BundledCMaps {
  fetch({ name }: { readonly name: string }): Promise<{
    readonly cMapData: Uint8Array;
    readonly isCompressed: true;
  }> {
    const tables: unknown = Reflect.get(globalThis, CMAPS_NAME);
    const packed: unknown = Reflect.get(Object(tables), name);
    if (typeof packed !== 'string') return Promise.reject(new Error(`no table ${name}`));
    const cMapData = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
    return Promise.resolve({ cMapData, isCompressed: true });
  }
}

async function draw({ pdf: data, words }: PdfToDraw): Promise<void> {
  const task = getDocument({
    data,
    CMapReaderFactory: BundledCMaps,
    enableXfa: false,
    isEvalSupported: false,
    maxImageSize: PICTURE_PIXELS_MAX,
    useSystemFonts: true,
    useWasm: false,
    useWorkerFetch: false,
    verbosity: 0,
  });
  document.documentElement.lang = words.language;
  let locked = false;
  task.onPassword = () => {
    locked = true;
    void task.destroy();
  };
  try {
    const pdf = await task.promise;
    const first = (await pdf.getPage(1)).getViewport({ scale: 1 });
    const count = Math.min(pdf.numPages, PDF_PAGES_MAX);
    const sheets = Array.from({ length: count }, (_, at) => new Sheet(pdf, at + 1, first, words));
    document.querySelector('#pages')?.append(...sheets.map(({ element }) => element));
    if (count < pdf.numPages) tell(words.more);
    drawInSight(sheets);
  } catch {
    tell(locked ? words.password : words.unreadable);
  }
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(VIEWER_STYLE);
document.adoptedStyleSheets = [sheet];
window.addEventListener('message', (event: MessageEvent<PdfToDraw>) => {
  if (event.source === window.parent) void draw(event.data);
});
