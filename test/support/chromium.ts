import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { onPath } from './on-path';
import { runQuietly } from './process-group';

const installed = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];
const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

export async function findChromium(): Promise<string> {
  const found = process.env.CHROMIUM_PATH ?? installedChromium();
  if (found !== undefined) return found;
  if (!isRoot() || !existsSync('/etc/debian_version')) {
    throw new Error('The tests need Chromium or Chrome: install one, or name it in CHROMIUM_PATH.');
  }
  console.log('Installing Chromium with apt-get: about a minute, once.');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runQuietly('apt-get', ['update'], { env });
  await runQuietly('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], { env });
  return '/usr/bin/chromium';
}

export async function launchBrowser(options: { readonly headless: boolean }): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    headless: options.headless,
    args: ['--disable-gpu', '--disable-background-networking', ...(isRoot() ? ['--no-sandbox'] : [])],
    chromiumSandbox: !isRoot(),
  });
}

function installedChromium(): string | undefined {
  return [...commands.map(onPath), ...installed].find((path) => path !== undefined && existsSync(path));
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}
