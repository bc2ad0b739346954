import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { type ApiServer, startServer } from '../server/server';
import { launchBrowser } from './chromium';
import { inRepository } from './paths';
import { keyBindings } from './key-bindings';
import { quietSettings } from './quiet-settings';
import { copyOfFolder, scratchFolder, type Settings, writeSettings } from './scratch-folder';
import { installServer, type VsCodeRelease } from './server-install';
import { createVirtualWorkspace } from './virtual-workspace';
import { machineSettingsFile, MAX_START_MS, startVsCodeServer } from './vscode-server';
import { whenRestored, type Workbench, workbench } from './workbench';

const themes = {
  'Dark Modern': 'vs-dark',
  'Light Modern': 'vs',
  'Default High Contrast': 'hc-black',
  'Default High Contrast Light': 'hc-light',
} as const;

export type Theme = keyof typeof themes;

export const THEMES = Object.keys(themes) as readonly Theme[];

/** The extension host: Node as on a desktop, or a web worker as on vscode.dev. */
const hostSettings = {
  'desktop-host': {},
  web: { 'remote.extensionKind': { 'o1mini.o1-mini-chat': ['web'] } },
} as const;

export interface WindowOptions {
  readonly kind?: keyof typeof hostSettings;
  /** 'ask' opens the window in Restricted Mode. */
  readonly trust?: 'trusted' | 'ask';
  /** The folder of which a copy is opened; by default the sample. */
  readonly folder?: string;
  /** Settings in addition to `baseUrl`, which is the local API server. */
  readonly settings?: Settings;
  readonly api?: Parameters<typeof startServer>[0];
  readonly release?: VsCodeRelease;
  /** Opens the copy of the folder in a virtual workspace, whose files are in the memory of an extension. */
  readonly virtual?: boolean;
  /** The folder from which the extension runs; by default this repository. */
  readonly source?: string;
  /** A folder in which the extension is installed, and does not run from its source. */
  readonly extensionsDir?: string;
  /** A folder in which other extensions are installed. */
  readonly otherExtensions?: string;
}

export interface TestWindow extends Workbench {
  readonly page: Page;
  readonly api: ApiServer;
  /** The workspace folder, a copy that tests may change. */
  readonly folder: string;
  /** The webview of the chat view. */
  panel(): FrameLocator;
  /** The webview of the editor tab, which was opened after the view, in this window or one opened from it. */
  tab(window?: Page): FrameLocator;
  /** Changes settings and waits until the window uses them; `undefined` removes a setting. */
  settings(update: Settings): Promise<void>;
  theme(name: Theme): Promise<void>;
  /** Reloads the page as a browser does, so that VS Code cannot save its state first. */
  reload(): Promise<void>;
  /** Reloads the window with the command of VS Code, which saves its state first. */
  reloadByCommand(): Promise<void>;
  screenshot(name: string): Promise<string>;
  /** The folder of all data of this VS Code. */
  readonly dataDir: string;
  close(): Promise<void>;
}

export async function openWindow(options: WindowOptions = {}): Promise<TestWindow> {
  const api = await startServer(options.api ?? { pace: { thinkingMs: 200, deltaMs: 5 } });
  const dataDir = scratchFolder();
  const folder = copyOfFolder(options.folder);
  const virtual = options.virtual === true ? createVirtualWorkspace(folder) : undefined;
  const extensionsDir = options.extensionsDir ?? options.otherExtensions ?? virtual?.extensionsDir;
  const initialSettings = { 'o1mini.baseUrl': api.origin, ...options.settings };
  const server = await startVsCodeServer({
    install: await installServer(options.release),
    dataDir,
    userSettings: { ...quietSettings, ...hostSettings[options.kind ?? 'desktop-host'] },
    keyBindings,
    machineSettings: initialSettings,
    trust: options.trust ?? 'trusted',
    ...(extensionsDir !== undefined && { extensionsDir }),
  });
  const browser = await launchBrowser();
  const context = await browser.newContext({
    viewport: { width: 1400, height: 900 },
    // Animations are rendered all the time and would take processor time from the tests.
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const { source = inRepository() } = options;
  const development = options.extensionsDir === undefined && { extensionDevelopmentPath: source };
  const opened = virtual ? { workspace: virtual.workspace } : { folder };
  const close = async (): Promise<void> => {
    await browser.close();
    await Promise.all([server.close(), api.close()]);
  };
  try {
    await page.goto(server.windowUrl({ ...opened, ...development }), { timeout: MAX_START_MS });
    await whenRestored(page);
  } catch (error) {
    // Otherwise the server would keep the process of the tests alive.
    await close();
    throw error;
  }
  const settings = settingsOf(page, machineSettingsFile(dataDir), initialSettings);
  const parts = workbench(page);
  return {
    ...parts,
    page,
    api,
    folder,
    panel: () => webviewIn(chatFrames(page).first()),
    tab: (window = page) => webviewIn(chatFrames(window).last()),
    settings,
    theme: async (name) => {
      await settings({ 'workbench.colorTheme': name });
      await page.locator(`.monaco-workbench.${themes[name]}`).waitFor();
    },
    reload: async () => {
      await page.reload();
      await whenRestored(page);
    },
    reloadByCommand: async () => {
      const loaded = page.waitForEvent('load');
      await Promise.all([loaded, parts.command('Developer: Reload Window').catch(() => loaded)]);
      await whenRestored(page);
    },
    screenshot: (name) => screenshot(page, name),
    dataDir,
    close,
  };
}

/** The frames of the view and of the tab, in the order in which they were opened. */
function chatFrames(page: Page): Locator {
  return page.locator('iframe.webview[src*="extensionId=o1mini.o1-mini-chat"]');
}

function webviewIn(frame: Locator): FrameLocator {
  return frame.contentFrame().frameLocator('iframe#active-frame');
}

function settingsOf(
  page: Page,
  file: string,
  initialSettings: Settings,
): (update: Settings) => Promise<void> {
  let current = initialSettings;
  let writes = 0;
  return async (update) => {
    // The title is a setting too. When the window shows it, the window has read the others.
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
