/**
 * Which attachments can do something when they are opened: programs, scripts, links to programs,
 * packages, and documents that carry macros. Told by the end of the name and by the type, whichever
 * is worse; from Outlook's and Chromium's lists of file types that must not be opened lightly.
 */

const PROGRAMS =
  'ade adp apk app appimage application appref-ms appx appxbundle bas bat bin cab cer chm class ' +
  'cmd com command cpl crt csh deb der desktop diagcab dll dmg dylib ear elf exe fish fxp gadget ' +
  'grp hlp hta htc htm html img inf ins iqy iso isp its jar jnlp job js jse ksh lnk mad maf mag ' +
  'mam maq mar mas mat mau mav maw mcf mda mdb mde mdt mdw mdz mht mhtml mpkg msc msh msh1 msh1xml ' +
  'msh2 msh2xml mshxml msi msix msp mst msu ocx ops osd out pcd php pif pkg pl plg prf prg ps1 ' +
  'ps1xml ps2 ps2xml psc1 psc2 psd1 psdm1 psm1 pst py pyc pyo pyw pyz rb reg rpm run scf scpt scr ' +
  'sct search-ms service settingcontent-ms sh shb shs shtml slk snap so svg sys terminal theme tmp ' +
  'tool url vb vbe vbp vbs vhd vhdx vsmacros vsw webloc website workflow ws wsc wsf wsh xbap xhtml ' +
  'xht xll xml xnk xsl zsh ' +
  'appcontent-ms appinstaller crx deskthemepack fileloc inetloc library-ms one onepkg oxt pyzw rdp ' +
  'searchconnector-ms themepack udl vhdx vxd wim xpi';

const MACROS = 'docm dotm potm ppam ppsm pptm sldm xla xlam xlm xlsb xlsm xltm doc xls ppt rtf';

const PACKED = '7z ace arj bz2 gz lzh rar tar tgz xz z zip zst';

export type Danger = 'program' | 'macros' | 'packed' | 'none';

const BY_ENDING: ReadonlyMap<string, Danger> = new Map(
  [
    [PROGRAMS, 'program'] as const,
    [MACROS, 'macros'] as const,
    [PACKED, 'packed'] as const,
  ].flatMap(([endings, danger]) => endings.split(' ').map((ending) => [ending, danger] as const)),
);

const PROGRAM_TYPES =
  /^(?:application\/(?:x-)?(?:ms-?dos-?program|msdownload|dosexec|executable|elf|mach-binary|sh|csh|shellscript|javascript|ecmascript|perl|python|java-archive|java-applet|java-jnlp-file|msi|hta|bat|ms-shortcut|desktop|vbs?cript|powershell|debian-package|rpm|apple-diskimage|iso9660-image|shockwave-flash|xhtml\+xml)|text\/(?:javascript|ecmascript|html|vbscript|x-python|x-perl|x-sh(?:ellscript)?)|image\/svg\+xml)\b/i;
const MACRO_TYPES = /macroenabled|^application\/(?:msword|vnd\.ms-(?:excel|powerpoint))\b/i;

/** The end of a name as systems see it: dots and spaces behind it do not count. */
export function endingOf(name: string): string {
  const bare = name.replace(/[.\s\u200b-\u200f\u202a-\u202e\u2066-\u2069]+$/u, '').toLowerCase();
  const dot = bare.lastIndexOf('.');
  return dot < 0 ? '' : bare.slice(dot + 1);
}

const RANK: readonly Danger[] = ['none', 'packed', 'macros', 'program'];

/** What opening an attachment of this name and type may do. */
export function dangerOf(name: string, type: string): Danger {
  const byName = BY_ENDING.get(endingOf(name)) ?? 'none';
  const byType = dangerOfType(type);
  return RANK.indexOf(byName) >= RANK.indexOf(byType) ? byName : byType;
}

function dangerOfType(type: string): Danger {
  if (PROGRAM_TYPES.test(type)) return 'program';
  return MACRO_TYPES.test(type) ? 'macros' : 'none';
}
