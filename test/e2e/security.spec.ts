/**
 * Electron's security checklist, point by point, asserted in the running app: what is set, and that
 * what is forbidden does not happen when it is tried. (Fuses are set where the app is packaged.)
 */

import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Bridge } from '../../shared/bridge.ts';
import { openWindow, type OpenWindow, workFolder } from '../support/window.ts';

const SAMPLE = path.resolve(import.meta.dirname, '../../out/sample/sample.mbox');

async function open(): Promise<OpenWindow> {
  const folder = workFolder();
  const file = path.join(folder, 'sample.mbox');
  copyFileSync(SAMPLE, file);
  const window = await openWindow([file], { folder });
  await expect.poll(window.rows).toBe(468);
  return window;
}

test('the checklist holds', async () => {
  const opened = await open();
  const { app, page } = opened;

  await test.step('1, 2, 3, 4, 5, 6, 8, 9, 10: what pages may do', async () => {
    const set = await app.evaluate(({ BrowserWindow }) => {
      const [first] = BrowserWindow.getAllWindows();
      // Not in the types, and the only way to see what is really in force.
      const contents = first?.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>;
      };
      return contents.getLastWebPreferences();
    });
    expect(set).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
    for (const name of [
      'nodeIntegrationInWorker',
      'nodeIntegrationInSubFrames',
      'allowRunningInsecureContent',
      'experimentalFeatures',
      'webviewTag',
      'plugins',
      'enableBlinkFeatures',
    ]) {
      expect(set[name] || false, name).toBe(false);
    }
    expect(set['webSecurity']).not.toBe(false);
    expect(await page.evaluate(() => [typeof require, typeof process, typeof module])).toEqual([
      'undefined',
      'undefined',
      'undefined',
    ]);
  });

  await test.step('7: a policy for content, without foreign or inline script', async () => {
    const policy = await page.evaluate(
      async () => document.querySelector('meta[http-equiv]')?.getAttribute('content') ?? '',
    );
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(/script-src[^;]*unsafe/.test(policy)).toBe(false);
    const inline = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.inlineRan = true';
      document.body.append(script);
      return 'inlineRan' in globalThis;
    });
    expect(inline).toBe(false);
  });

  await test.step('11, 12: no web views', async () => {
    const views = await page.evaluate(() => {
      const view = document.createElement('webview');
      view.setAttribute('src', 'data:text/html,x');
      document.body.append(view);
      return 'getWebContentsId' in view;
    });
    expect(views).toBe(false);
    expect(await app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
  });

  await test.step('13, 14: no navigation, no new windows', async () => {
    // Not through Playwright, which would wait for navigations that never come.
    const left = await app.evaluate(async ({ BrowserWindow }) => {
      const [first] = BrowserWindow.getAllWindows();
      const run = (script: string): Promise<unknown> | undefined =>
        first?.webContents.executeJavaScript(script);
      for (const address of [
        'https://attacker.example/',
        'file:///etc/passwd',
        'data:text/html,x',
      ]) {
        await run(
          `window.open(${JSON.stringify(address)}); location.href = ${JSON.stringify(address)}; 0`,
        );
      }
      const grid = await run(`new Promise((resolve) => requestAnimationFrame(() =>
        resolve(document.querySelector('[role=grid]') !== null)))`);
      return [first?.webContents.getURL(), BrowserWindow.getAllWindows().length, grid];
    });
    expect(left).toEqual(['mailkeep://app/index.html', 1, true]);
  });
  await opened.close();
});

test('the checklist holds: permissions, addresses that leave, who may ask main, schemes', async () => {
  const opened = await open();
  const { app, page } = opened;

  await test.step('5: permissions are denied', async () => {
    const states = await page.evaluate(async () => {
      const names = ['notifications', 'geolocation', 'camera', 'microphone', 'midi'];
      const asked = names.map((name) =>
        navigator.permissions.query({ name: name as PermissionName }).then(({ state }) => state),
      );
      return Promise.all(asked);
    });
    expect(new Set(states)).toEqual(new Set(['denied']));
    expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied');
  });

  await test.step('15: only addresses of the web and of mail reach the system', async () => {
    await app.evaluate(({ shell }) => {
      const asked: string[] = [];
      Object.assign(globalThis, { asked });
      shell.openExternal = async (url) => void asked.push(url);
    });
    const links = [
      'https://example.org/a',
      'http://name:word@example.org/',
      'mailto:a@example.org?attach=/etc/passwd&subject=x%0ay',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'smb://example.org/x',
      'ms-msdt:/id',
      'data:text/html,x',
      'mailto:a%0d%0aBcc:b@example.org',
    ];
    const answers = await page.evaluate(async (all) => {
      const { mailkeep } = globalThis as unknown as { mailkeep: Bridge };
      const got = [];
      for (const link of all) got.push((await mailkeep.openLink(link)).ok);
      return got;
    }, links);
    expect(answers).toEqual([true, true, true, false, false, false, false, false, false]);
    expect(await app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)).toEqual([
      'https://example.org/a',
      'http://example.org/',
      'mailto:a@example.org?subject=x%20y',
    ]);
  });

  await test.step('17: main answers only the top frame of our page, and only what fits', async () => {
    const answers = await page.evaluate(async () => {
      const { mailkeep } = globalThis as unknown as { mailkeep: Bridge };
      const odd = mailkeep as unknown as Record<
        string,
        (argument: unknown) => Promise<{ ok: boolean }>
      >;
      const wrong = await odd['keepDocument']?.({ html: 1 });
      const recent = await odd['openRecent']?.('/etc/passwd');
      return [wrong?.ok, recent?.ok];
    });
    expect(answers).toEqual([false, false]);
    const framed = await page.evaluate(() => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const there = frame.contentWindow !== null && 'mailkeep' in frame.contentWindow;
      frame.remove();
      return there;
    });
    expect(framed).toBe(false);
  });

  await test.step('18: no file: pages; our schemes serve what is ours and nothing more', async () => {
    const served = await app.evaluate(async ({ net }) => {
      const ask = async (address: string): Promise<number> => (await net.fetch(address)).status;
      return [
        await ask('mailkeep://app/index.html'),
        await ask('mailkeep://app/../../package.json'),
        await ask('mailkeep://app/%2e%2e%2f%2e%2e%2fpackage.json'),
        await ask('mailkeep://elsewhere/index.html'),
        await ask('mailkeep-message://message/0000000000000000/'),
      ];
    });
    expect(served).toEqual([200, 404, 404, 404, 404]);
  });

  await test.step('a document of a message is served under a policy that allows nothing', async () => {
    const token = await page.evaluate(async () => {
      const { mailkeep } = globalThis as unknown as { mailkeep: Bridge };
      const place = await mailkeep.placeDocument();
      const token = place.ok ? place.value : '';
      const rest = { pictures: 'none' as const, carried: [] };
      const kept = await mailkeep.keepDocument({ ...rest, html: '<p>x', token });
      // A place is given once, and only to the window that asked for it.
      const again = await mailkeep.keepDocument({ ...rest, html: '<p>y', token });
      const guessed = await mailkeep.keepDocument({ ...rest, html: '', token: '0' });
      return kept.ok && !again.ok && !guessed.ok ? token : '';
    });
    const headers = await app.evaluate(async ({ net }, name) => {
      const response = await net.fetch(`mailkeep-message://message/${name}/`);
      return [...response.headers].map(([key, value]) => `${key}: ${value}`);
    }, token);
    const all = headers.join('\n');
    for (const said of [
      "sandbox; default-src 'none'",
      'img-src data:;',
      "script-src 'none'",
      "form-action 'none'",
      "base-uri 'none'",
      "frame-src 'none'",
      'referrer-policy: no-referrer',
      'x-content-type-options: nosniff',
    ]) {
      expect(all).toContain(said);
    }
  });

  await test.step('of what a message carries, its document may see its own pictures, as pictures', async () => {
    const token = await page.evaluate(async () => {
      const { mailkeep } = globalThis as unknown as { mailkeep: Bridge };
      const place = await mailkeep.placeDocument();
      const token = place.ok ? place.value : '';
      const rest = { html: '<p>x', pictures: 'none', token } as const;
      const bytes = new Uint8Array([1, 2, 3]);
      const strange = { type: 'text/html' as 'image/png', bytes };
      const refused = await mailkeep.keepDocument({ ...rest, carried: [strange] });
      const kept = await mailkeep.keepDocument({
        ...rest,
        carried: [{ type: 'image/png', bytes }],
      });
      return kept.ok && !refused.ok ? token : '';
    });
    const served = await app.evaluate(async ({ net }, name) => {
      const document = `mailkeep-message://message/${name}/`;
      const ask = (address: string): Promise<Response> => net.fetch(document + address);
      const picture = await ask('picture/0');
      return {
        policy: (await ask('')).headers.get('content-security-policy'),
        type: picture.headers.get('content-type'),
        sniffing: picture.headers.get('x-content-type-options'),
        bytes: [...new Uint8Array(await picture.arrayBuffer())],
        other: (await ask('picture/1')).status,
      };
    }, token);
    expect(served.policy).toContain(`img-src data: mailkeep-message://message/${token}/picture/;`);
    const { type, sniffing, bytes, other } = served;
    expect([type, sniffing, bytes, other]).toEqual(['image/png', 'nosniff', [1, 2, 3], 404]);
    await page.locator('iframe').first().waitFor({ state: 'attached' });
    for (const frame of await page.locator('iframe').all()) {
      expect(await frame.getAttribute('sandbox')).toBe('');
    }
  });
  await opened.close();
});
