import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { type ApiServer, startServer } from '../server/server';
import { launchBrowser } from './chromium';
import { inRepository } from './paths';
import { keyBindings } from './key-bindings';
import { quietSettings } from './quiet-settings';
import { copyOfFolder, scratchFolder, type Settings, writeSettings } from './scratch-folder';
import { installServer } from './server-install';
import { machineSettingsFile, startVsCodeServer } from './vscode-server';
import { whenRestored, type Workbench, workbench } from './workbench';

const themes = {
  'Dark Modern': 'vs-dark',
  'Light Modern': 'vs',
  'Default High Contrast': 'hc-black',
  'Default High Contrast Light': 'hc-light',
} as const;

export type Theme = keyof typeof themes;

/** Where the extension runs: in Node as on the desktop, or in a web worker as on vscode.dev. */
const hostSettings = {
  'desktop-host': {},
  web: { 'remote.extensionKind': { 'o1mini.o1-mini-chat': ['web'] } },
} as const;

export interface WindowOptions {
  readonly kind?: keyof typeof hostSettings;
  /** 'ask' opens the window in Restricted Mode. */
  readonly trust?: 'trusted' | 'ask';
  /** Copied before it is opened; the sample by default. */
  readonly folder?: string;
  /** Added to a `baseUrl` that is the local API server. */
  readonly settings?: Settings;
  readonly api?: Parameters<typeof startServer>[0];
  /** A folder that the extension is installed in; without one it runs from this repository. */
  readonly extensionsDir?: string;
}

export interface TestWindow extends Workbench {
  readonly page: Page;
  readonly api: ApiServer;
  /** The workspace: a copy, to be written to at will. */
  readonly folder: string;
  /** The page of the chat view. */
  panel(): FrameLocator;
  /** The page of the chat's editor tab, opened after the view, in this window or one that was opened of it. */
  tab(window?: Page): FrameLocator;
  /** Changes settings and waits until the window has them; `undefined` removes one. */
  settings(update: Settings): Promise<void>;
  theme(name: Theme): Promise<void>;
  /** As a browser does it: what VS Code has not written down by then is gone. */
  reload(): Promise<void>;
  /** As VS Code does it: what is open is written down first. */
  reloadInOrder(): Promise<void>;
  screenshot(name: string): Promise<string>;
  /** Where this VS Code keeps all of its own. */
  readonly dataDir: string;
  close(): Promise<void>;
}

export async function openWindow(options: WindowOptions = {}): Promise<TestWindow> {
  const api = await startServer(options.api ?? { pace: { thinkingMs: 200, deltaMs: 5 } });
  const dataDir = scratchFolder();
  const folder = copyOfFolder(options.folder);
  const first = { 'o1mini.baseUrl': api.origin, ...options.settings };
  const server = await startVsCodeServer({
    install: await installServer(),
    dataDir,
    userSettings: { ...quietSettings, ...hostSettings[options.kind ?? 'desktop-host'] },
    keyBindings,
    machineSettings: first,
    trust: options.trust ?? 'trusted',
    ...(options.extensionsDir !== undefined && { extensionsDir: options.extensionsDir }),
  });
  const browser = await launchBrowser();
  const context = await browser.newContext({
    viewport: { width: 1400, height: 900 },
    // What moves all the time is painted all the time, and takes the processor from what is tested.
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const source = options.extensionsDir === undefined && { extensionDevelopmentPath: inRepository() };
  await page.goto(server.windowUrl({ folder, ...source }));
  await whenRestored(page);
  const settings = settingsOf(page, machineSettingsFile(dataDir), first);
  const parts = workbench(page);
  return {
    ...parts,
    page,
    api,
    folder,
    panel: () => pageIn(chatFrames(page).first()),
    tab: (window = page) => pageIn(chatFrames(window).last()),
    settings,
    theme: async (name) => {
      await settings({ 'workbench.colorTheme': name });
      await page.locator(`.monaco-workbench.${themes[name]}`).waitFor();
    },
    reload: async () => {
      await page.reload();
      await whenRestored(page);
    },
    reloadInOrder: async () => {
      const loaded = page.waitForEvent('load');
      await Promise.all([loaded, parts.command('Developer: Reload Window').catch(() => loaded)]);
      await whenRestored(page);
    },
    screenshot: (name) => screenshot(page, name),
    dataDir,
    close: async () => {
      await browser.close();
      await Promise.all([server.close(), api.close()]);
    },
  };
}

/** That of the view and that of the tab, in the order in which they were opened. */
function chatFrames(page: Page): Locator {
  return page.locator('iframe.webview[src*="extensionId=o1mini.o1-mini-chat"]');
}

function pageIn(frame: Locator): FrameLocator {
  return frame.contentFrame().frameLocator('iframe#active-frame');
}

function settingsOf(page: Page, file: string, first: Settings): (update: Settings) => Promise<void> {
  let current = first;
  let writes = 0;
  return async (update) => {
    // The title is a setting too: when the window shows it, it has read the others.
    const title = `settings ${++writes} in effect`;
    current = { ...current, ...update };
    writeSettings(file, { ...current, 'window.title': title });
    await page.waitForFunction((expected) => document.title.includes(expected), title);
  };
}

async function screenshot(page: Page, name: string): Promise<string> {
  const path = inRepository('out/screenshots', `${name}.png`);
  mkdirSync(dirname(path), { recursive: true });
  await page.screenshot({ path });
  return path;
}
