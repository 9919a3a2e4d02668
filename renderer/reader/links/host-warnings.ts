/** What is odd about the host of a web address, in sentences for a person. */

import { fromPunycode } from './punycode.ts';

const NUMBERS = /^(?:\d+\.){3}\d+$|^\[/;

/** Warnings about a host; empty if it is an ordinary name. */
export function hostWarnings(url: URL): readonly string[] {
  const warnings: string[] = [];
  const { hostname, port } = url;
  if (NUMBERS.test(hostname)) {
    warnings.push('It leads to a number instead of a name; companies do not write so.');
  }
  const shown = hostname.split('.').map(fromPunycode).join('.');
  if (shown !== hostname) {
    warnings.push(
      scriptsOf(shown).size > 1
        ? `Its host looks like “${shown}”, with letters of several scripts; its real name is ${hostname}.`
        : `Its host is written “${shown}”; letters of other scripts can look like familiar ones.`,
    );
  }
  if (port !== '' && port !== '8080' && port !== '8443') {
    warnings.push(`It leads to an unusual port (${port}).`);
  }
  return warnings;
}

const SCRIPTS = ['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Hebrew', 'Arabic', 'Cherokee'];
const PATTERNS = SCRIPTS.map(
  (script) => [script, new RegExp(`\\p{Script=${script}}`, 'u')] as const,
);

function scriptsOf(text: string): ReadonlySet<string> {
  const label = text.replace(/\.[^.]*$/, '');
  return new Set(PATTERNS.filter(([, pattern]) => pattern.test(label)).map(([script]) => script));
}
