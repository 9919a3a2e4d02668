/** How the frame of a PDF looks: sheets of white paper on a ground that follows the theme. */

export const VIEWER_STYLE = `
:root{color-scheme:light dark;background:light-dark(#e4e7e3,#101211);color:light-dark(#1f2622,#e6eae7)}
body{margin:0;font:13.5px/1.55 "Inter","SF Pro Text","Segoe UI",system-ui,"Cantarell","Noto Sans","DejaVu Sans",sans-serif}
#pages{display:grid;gap:12px;justify-items:center;padding:12px}
.sheet{background:#fff;color:#5d6761;box-shadow:0 1px 4px rgb(0 0 0 / 25%);display:grid;place-items:center;width:100%;max-width:900px;overflow:hidden}
canvas{display:block;width:100%;height:100%}
p{margin:12px}`;
