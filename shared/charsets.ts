/**
 * The character sets a person can choose for a message whose own word is wrong, by script. Each name
 * is one that `read` takes; what old mail uses beyond them is decoded too, but not offered.
 */

export const CHARSETS = [
  { script: 'Unicode', names: ['utf-8', 'utf-16le', 'utf-16be', 'utf-7'] },
  { script: 'Western', names: ['windows-1252', 'iso-8859-15', 'macintosh', 'cp437', 'cp850'] },
  { script: 'Central European', names: ['windows-1250', 'iso-8859-2', 'cp852', 'maccenteuro'] },
  { script: 'South European', names: ['iso-8859-3'] },
  { script: 'Baltic', names: ['windows-1257', 'iso-8859-4', 'iso-8859-13', 'cp775'] },
  { script: 'Nordic', names: ['iso-8859-10', 'cp865'] },
  { script: 'Celtic', names: ['iso-8859-14'] },
  { script: 'Romanian', names: ['iso-8859-16', 'macromania'] },
  {
    script: 'Cyrillic',
    names: ['windows-1251', 'koi8-r', 'koi8-u', 'iso-8859-5', 'ibm866', 'x-mac-cyrillic'],
  },
  { script: 'Greek', names: ['windows-1253', 'iso-8859-7', 'cp737', 'macgreek'] },
  { script: 'Turkish', names: ['windows-1254', 'cp857', 'macturkish'] },
  { script: 'Hebrew', names: ['windows-1255', 'iso-8859-8', 'cp862'] },
  { script: 'Arabic', names: ['windows-1256', 'iso-8859-6', 'cp864'] },
  { script: 'Thai', names: ['windows-874', 'macthai'] },
  { script: 'Vietnamese', names: ['windows-1258', 'viscii', 'tcvn'] },
  { script: 'Armenian', names: ['armscii8'] },
  { script: 'Japanese', names: ['iso-2022-jp', 'shift_jis', 'euc-jp'] },
  { script: 'Korean', names: ['euc-kr', 'iso-2022-kr'] },
  { script: 'Chinese, simplified', names: ['gb18030', 'hz-gb-2312', 'iso-2022-cn'] },
  { script: 'Chinese, traditional', names: ['big5', 'euc-tw'] },
] as const;
