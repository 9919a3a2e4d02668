/** HTML that means one thing when it is cleaned and another when it is read again (mutation XSS). */

import { htmlAttacks, RUN, RUN_SHORT } from './attack.ts';

const IMG = `<img src=x onerror=${RUN_SHORT}>`;

const nestings = {
  'math, mtext, table, mglyph, style': `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${RUN_SHORT}&gt;">`,
  'form in form in math': `<form><math><mtext></form><form><mglyph><style></math>${IMG}`,
  'svg, p, style': `<svg></p><style><a id="</style>${IMG}">`,
  'svg, desc, style': `<svg><desc><style><p title="</style>${IMG}">`,
  'math, annotation, style': `<math><annotation-xml encoding="text/html"><style><p title="</style>${IMG}">`,
  'math, mi, style comment': `<math><mi><style><!--</style><p title="-->${IMG}">`,
  'noembed in svg': `<svg><noembed><p title="</noembed>${IMG}"></svg>`,
  'noframes in math': `<math><noframes><p title="</noframes>${IMG}"></math>`,
  'textarea in svg': `<svg><textarea><p title="</textarea>${IMG}"></svg>`,
  'title in math': `<math><title><p title="</title>${IMG}"></math>`,
  'iframe in svg': `<svg><iframe><p title="</iframe>${IMG}"></svg>`,
  'xmp in math': `<math><xmp><p title="</xmp>${IMG}"></math>`,
  'select swallows': `<select><svg></select><style><p title="</style>${IMG}">`,
  'select, option, script': `<select><option><script>${RUN}</script></select>`,
  'table fosters': `<table><svg><td><style><p title="</style>${IMG}"></table>`,
  'caption ends a table': `<table><caption><svg><style></caption><p title="</style>${IMG}"></table>`,
  'anchor in anchor': `<a><svg><a><style><p title="</style>${IMG}">`,
  'font leaves svg': `<svg><font color=x><style><p title="</style>${IMG}"></font></svg>`,
  'br leaves math': `<math><br><style><p title="</style>${IMG}"></math>`,
  'template in math': `<math><template><style><p title="</style>${IMG}"></template></math>`,
  'comment in style in svg': `<svg><style><!-- </style>${IMG} --></style></svg>`,
  'cdata in svg': `<svg><![CDATA[><img src=x onerror=${RUN_SHORT}>]]></svg>`,
  'cdata ends early': `<svg><p><![CDATA[ ]]>${IMG}]]></svg>`,
  'processing instruction': `<?pi ><img src=x onerror=${RUN_SHORT}> ?>`,
  'doctype inside': `<!doctype html><!doctype "${IMG}">`,
  'p in p in heading': `<h1><p><h1><style></h1><p title="</style>${IMG}">`,
  'frameset after text': `x<frameset onload="${RUN}"><frame src="javascript:${RUN_SHORT}"></frameset>`,
  'image is img': `<image src=x onerror="${RUN}">`,
  'nobr adopts': `<nobr><b><nobr><svg><style><p title="</style>${IMG}">`,
  'ruby closes': `<ruby><rt><svg><rp><style><p title="</style>${IMG}"></ruby>`,
};

const quoting = {
  'attribute without a quote': `<img src=x alt=x/onerror=${RUN_SHORT}//>`,
  'backtick as a quote': `<img src=x alt=\`\`onerror=${RUN_SHORT}>`,
  'quote in the middle': `<img src="x" alt="a"onerror="${RUN}">`,
  'new lines everywhere': `<img\nsrc\n=\nx\nonerror\n=\n"${RUN}"\n>`,
  'form feed': `<img\x0csrc=x\x0conerror="${RUN}">`,
  'entity of an end': `<p title="&quot;&gt;${IMG}">x</p>`,
  'entity twice': `<p title="&amp;quot;&amp;gt;&lt;img src=x onerror=${RUN_SHORT}&gt;">x</p>`,
  'less-than in an attribute': `<p title="<script>${RUN_SHORT}</script>">x</p>`,
  'attribute twice': `<img src=x src="javascript:${RUN_SHORT}" onerror=x onerror="${RUN}">`,
  'no space before': `<img src="x"onerror="${RUN}"/>`,
  'tag in a tag': `<img <img src=x onerror="${RUN}">`,
  'end tag with attributes': `</p onclick="${RUN}"><p>x</p>`,
  'never ending attribute': `<img src=x alt="${IMG}`,
  'never ending comment': `<!-- ${IMG}`,
  'very long name': `<${'a'.repeat(70_000)} onclick="${RUN}">x`,
  'control characters': `<img src=x \x01onerror="${RUN}" \x1fonload="${RUN}">`,
  'no-break space': `<img src=x\u00a0onerror="${RUN}">`,
  'fullwidth letters': `\uff1cscript\uff1e${RUN_SHORT}\uff1c/script\uff1e`,
  'clobbering names': `<form id=attributes><input name=attributes></form><img name=getElementById><a id=body><a id=body name=firstChild>x`,
  'clobbering the purifier': `<form><input name=nodeName><input name=removeChild><input name=parentNode><img src=x onerror="${RUN}"></form>`,
};

export const mutationAttacks = [
  ...htmlAttacks('mutation', nestings),
  ...htmlAttacks('quoting', quoting),
];
