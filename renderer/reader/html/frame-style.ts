/**
 * How a message looks where it says nothing itself. The colours are those of design/tokens.css: a
 * frame of another origin cannot take them from the page. A message without colours follows the
 * theme; one with colours of its own stays on a light page, where it was written to be read.
 */

export const FRAME_STYLE = `
:root{color-scheme:light;background:#fff;color:#1f2622}
body{font:13.5px/1.55 "Inter","SF Pro Text","Segoe UI",system-ui,"Cantarell","Noto Sans","DejaVu Sans",sans-serif;margin:0;padding:16px 24px 32px;overflow-wrap:break-word;min-height:100vh;box-sizing:border-box}
img{max-width:100%;height:auto}
table{max-width:100%;border-spacing:0}
pre{white-space:pre-wrap}
a{color:#1d6f5c}
blockquote{margin:8px 0;padding-inline-start:12px;border-inline-start:2px solid #c9d8d1}
img[data-blocked]{background:repeating-linear-gradient(45deg,#f4f5f3 0 6px,#ebedea 6px 12px);outline:1px dashed #c4c9c5;outline-offset:-1px;color:#5d6761;font-size:11.5px}
.mailkeep-text{white-space:pre-wrap;max-width:84ch}
.mailkeep-quote{border-inline-start:2px solid #c9d8d1;padding-inline-start:12px;color:#5d6761}
.mailkeep-piece{border-top:1px solid #e1e3de;margin-top:16px;padding-top:16px}
.mailkeep-hit{background:#ffe58a;color:#1f2622;border-radius:2px}
.mailkeep-hit:target{background:#f2994a;outline:2px solid #f2994a}
@media (prefers-color-scheme:dark){
.mailkeep-plain{color-scheme:dark;background:#191c1b;color:#e6eae7}
.mailkeep-plain a{color:#6cc4ab}
.mailkeep-plain blockquote,.mailkeep-plain .mailkeep-quote{border-inline-start-color:#3d5a50}
.mailkeep-plain .mailkeep-quote{color:#a1aba5}
.mailkeep-plain img[data-blocked]{background:#202423;outline-color:#4a524e;color:#a1aba5}
.mailkeep-plain .mailkeep-piece{border-color:#343a37}
}`;
