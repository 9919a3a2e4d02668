/**
 * A chart as a picture that stands for itself: colours and letters as they are on screen, on the ground
 * they are drawn for. A PNG has twice the pixels.
 */

const COPIED = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'font-size', 'font-weight'];
const TEXTS = ['font-family', 'text-anchor', 'dominant-baseline'];
const SVG = 'http://www.w3.org/2000/svg';
const SCALE = 2;
const PAD = 12;
/** Only for eyes and hands in the window. */
const LEFT_OUT = '.chart-focus, .chart-reach';

/** The text of an SVG file. */
export function svgOf(chart: SVGSVGElement, title: string): string {
  const copy = chart.cloneNode(true) as SVGSVGElement;
  const { width, height } = chart.getBoundingClientRect();
  const shown = [chart, ...chart.querySelectorAll<SVGElement>('*')];
  for (const [at, element] of [copy, ...copy.querySelectorAll<SVGElement>('*')].entries()) {
    const from = shown[at];
    if (from) dress(element, getComputedStyle(from));
  }
  for (const element of copy.querySelectorAll(LEFT_OUT)) element.remove();
  copy.setAttribute('xmlns', SVG);
  copy.setAttribute('width', String(width + 2 * PAD));
  copy.setAttribute('height', String(height + 2 * PAD));
  copy.setAttribute('viewBox', `${-PAD} ${-PAD} ${width + 2 * PAD} ${height + 2 * PAD}`);
  const name = document.createElementNS(SVG, 'title');
  name.textContent = title;
  const ground = document.createElementNS(SVG, 'rect');
  for (const [key, value] of Object.entries({
    x: -PAD,
    y: -PAD,
    width: width + 2 * PAD,
    height: height + 2 * PAD,
    fill: getComputedStyle(document.body).backgroundColor,
  })) {
    ground.setAttribute(key, String(value));
  }
  copy.prepend(name, ground);
  return new XMLSerializer().serializeToString(copy);
}

/** What rules of the page say of it, said by itself. */
function dress(element: SVGElement, style: CSSStyleDeclaration): void {
  const names = element.tagName === 'text' ? [...COPIED, ...TEXTS] : COPIED;
  for (const name of names) {
    const value = style.getPropertyValue(name);
    if (value !== '') element.setAttribute(name, value);
  }
  const dropped = ['class', 'style', 'role', 'tabindex', 'data-mark', 'id'];
  for (const { name } of [...element.attributes]) {
    if (name.startsWith('aria-') || dropped.includes(name)) element.removeAttribute(name);
  }
}

/** The bytes of a PNG file in base64. */
export async function pngOf(svg: string): Promise<string> {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode();
  const canvas = document.createElement('canvas');
  canvas.width = picture.width * SCALE;
  canvas.height = picture.height * SCALE;
  const context = canvas.getContext('2d');
  context?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/png').replace(/^.*,/, '');
}
