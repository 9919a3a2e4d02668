/** What is odd about the host of a web address, in sentences for a person. */

import { fromPunycode } from './punycode.ts';
import { say } from '../../../shared/language/say.ts';

const NUMBERS = /^(?:\d+\.){3}\d+$|^\[/;

/** Warnings about a host; empty if it is an ordinary name. */
export function hostWarnings(url: URL): readonly string[] {
  const warnings: string[] = [];
  const { hostname, port } = url;
  if (NUMBERS.test(hostname)) {
    warnings.push(say('link.warning.number'));
  }
  const shown = hostname.split('.').map(fromPunycode).join('.');
  if (shown !== hostname) {
    warnings.push(
      scriptsOf(shown).size > 1
        ? say('link.warning.scripts', { shown, host: hostname })
        : say('link.warning.otherScript', { shown }),
    );
  }
  if (port !== '' && port !== '8080' && port !== '8443') {
    warnings.push(say('link.warning.port', { port }));
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
