/** What is wrong with a file name on some system, told apart from how names are made. */

/** Written by hand from what Windows, macOS and Linux forbid. @returns nothing for a safe name */
export function faultsOf(name: string): string[] {
  const faults: string[] = [];
  if (name === '' || Buffer.byteLength(name) > 220) faults.push('length');
  if (/[\u0000-\u001f\u007f-\u009f]/.test(name)) faults.push('control character');
  if (/[<>:"/\\|?*]/.test(name)) faults.push('character that Windows forbids');
  if (/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(name)) faults.push('direction');
  if (/^[.\s]|[.\s]$/.test(name)) faults.push('dot or blank at an end');
  if (/\p{Surrogate}/u.test(name)) faults.push('half a character');
  const stem = (name.split('.')[0] ?? '').trimEnd();
  if (/^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)$/i.test(stem)) {
    faults.push('device of Windows');
  }
  return faults;
}
