/** An rpm, made with rpmbuild of a folder that holds what is installed. */

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** @typedef {import('./fpm.mjs').Asked} Asked */

/** Of what lies in here everything belongs to the package, its folders too. */
const OWN = '/opt';

/** A percent sign begins a macro. @param {string} text */
const plain = (text) => text.replaceAll('%', '%%');

/** What the package has, as %files wants it. @param {string} folder @returns {string} */
function filesIn(folder) {
  const own = readdirSync(path.join(folder, OWN)).map((name) => `${OWN}/${name}`);
  const others = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => `/${path.relative(folder, path.join(parentPath, name))}`)
    .filter((name) => !name.startsWith(`${OWN}/`));
  return [...own, ...others].map((name) => `"${name}"`).join('\n');
}

/** rpm's own description of a package (rpm-spec(5)). @param {string} folder @param {Asked} asked */
function spec(folder, asked) {
  /** @param {string} section @param {string | undefined} script */
  const script = (section, script) =>
    script ? `%${section}\n${plain(readFileSync(script, 'utf8'))}\n` : '';
  const requires = (asked.depends ?? []).map((one) => `Requires: ${one}`).join('\n');
  return `
%global debug_package %{nil}
%global __os_install_post %{nil}
%global _build_id_links none
%global _binary_payload w1.gzdio
Name: ${asked.name}
Version: ${asked.version}
Release: ${asked.iteration ?? '1'}
Summary: ${plain(asked['rpm-summary'] ?? '')}
License: ${asked.license}
Vendor: ${asked.vendor}
URL: ${asked.url}
Packager: ${asked.maintainer}
AutoReqProv: no
${requires}
%description
${plain(asked.description ?? '')}
%install
cp -al '${folder}/.' '%{buildroot}'
${script('post', asked['after-install'])}
${script('postun', asked['after-remove'])}
%files
%defattr(-,root,root)
${filesIn(folder)}
`;
}

/** @param {string} folder @param {Asked} asked @returns {number} the exit status */
export function makeRpm(folder, asked) {
  const work = `${folder}-rpm`;
  mkdirSync(work);
  const file = path.join(work, 'mailkeep.spec');
  writeFileSync(file, spec(folder, asked));
  const words = ['-bb', '--quiet', '--target', asked.architecture ?? 'x86_64'];
  const { status } = spawnSync('rpmbuild', [...words, '--define', `_topdir ${work}`, file], {
    stdio: 'inherit',
  });
  const made = readdirSync(work, { recursive: true }).map(String);
  const rpm = made.find((name) => name.endsWith('.rpm'));
  if (status !== 0 || !rpm) return status || 1;
  copyFileSync(path.join(work, rpm), asked.package ?? '');
  return 0;
}
