import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { onPath } from './on-path';
import { runQuietly } from './process-group';

const installed = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
/** The headless shell opens a page in a third of the time that Chromium needs. */
const headlessShell = 'chromium-headless-shell';
const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

export async function findChromium(): Promise<string> {
  const found = process.env.CHROMIUM_PATH ?? onPath(headlessShell);
  if (found !== undefined) return found;
  if (!isRoot() || !existsSync('/etc/debian_version')) return otherChromium();
  console.log('Installing Chromium with apt-get. This takes about a minute, once.');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await runQuietly('apt-get', ['update'], { env });
    await runQuietly('apt-get', ['install', '-y', '--no-install-recommends', headlessShell], { env });
    return `/usr/bin/${headlessShell}`;
  } catch (error) {
    console.log(String(error));
    return otherChromium();
  }
}

/** @param scrollbars whether scrollbars are visible and take space, as in VS Code; Playwright hides them by default */
export async function launchBrowser(scrollbars: 'visible' | 'hidden' = 'hidden'): Promise<Browser> {
  return chromium.launch({
    ...(scrollbars === 'visible' && { ignoreDefaultArgs: ['--hide-scrollbars'] }),
    executablePath: await findChromium(),
    args: ['--disable-gpu', '--disable-background-networking', ...(isRoot() ? ['--no-sandbox'] : [])],
    chromiumSandbox: !isRoot(),
  });
}

function otherChromium(): string {
  const found = [...commands.map(onPath), ...installed].find(
    (path) => path !== undefined && existsSync(path),
  );
  if (found === undefined) {
    throw new Error(
      'The tests need Chromium or Chrome. Install one of them, or set CHROMIUM_PATH to its path.',
    );
  }
  return found;
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
