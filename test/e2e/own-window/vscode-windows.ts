import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { type ApiServer, startServer } from '../../server/server';
import { launchBrowser } from '../../support/chromium';
import { untilFiles } from '../../support/folder-changes';
import { keyBindings } from '../../support/key-bindings';
import { inRepository } from '../../support/paths';
import { quietSettings } from '../../support/quiet-settings';
import { copyOfFolder, scratchFolder } from '../../support/scratch-folder';
import { installServer } from '../../support/server-install';
import { startVsCodeServer, type VsCodeServer } from '../../support/vscode-server';
import { whenRestored, type Workbench, workbench } from '../../support/workbench';
import { chatPage, type ChatPage } from '../chat-page';

/** Time between two looks at a text that no event reports, in ms. */
const POLL_MS = 100;
/** Longest wait for something in a window, in ms. */
const MAX_WAIT_MS = 60_000;

/** The folder or workspace of a window; empty for a window without a folder. */
type OpenedWorkspace =
  { readonly folder: string } | { readonly workspace: string } | Readonly<Record<string, never>>;

/** A window of VS Code: a tab of the browser. */
export interface VsCodeWindow extends Workbench {
  readonly page: Page;
  readonly panel: FrameLocator;
  readonly chat: ChatPage;
  /** Goes to another workspace in the same tab. */
  goTo(workspace: OpenedWorkspace): Promise<void>;
  reload(): Promise<void>;
  /** Brings the window to the front and opens the chat, because a browser does not render background tabs. */
  show(): Promise<void>;
  newChat(): Promise<void>;
  showHistory(): Promise<void>;
  /** The chat or draft in the history whose title starts with this. */
  row(name: string): Locator;
  /** Writes into the question box, and waits until that is saved. */
  write(text: string): Promise<void>;
  /** Waits until the question box has this text, which the host may post with a delay. */
  waitForText(text: string): Promise<void>;
}

/** VS Code as a server, and its windows. Both can be killed and started again with the same files. */
export interface VsCodeWindows {
  readonly api: ApiServer;
  /** A workspace, and an empty folder next to it. */
  readonly folder: string;
  readonly other: string;
  /** The folder of the user data of VS Code. */
  readonly userFolder: string;
  /** The global storage of the extension. */
  readonly storage: string;
  open(workspace: OpenedWorkspace): Promise<VsCodeWindow>;
  /** Kills browser and server without a shutdown. */
  kill(): Promise<void>;
  /** Starts both again. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** @param beforeStart called with the global storage of the extension before it exists */
export async function startWindows(
  beforeStart: (storage: string) => void = () => undefined,
): Promise<VsCodeWindows> {
  const api = await startServer({ pace: { thinkingMs: 10, deltaMs: 1 } });
  const [dataDir, folder, install] = [scratchFolder(), copyOfFolder(), await installServer()];
  const other = join(folder, '..', 'other');
  mkdirSync(other);
  const userFolder = join(dataDir, 'data', 'User');
  const storage = join(userFolder, 'globalStorage', 'o1mini.o1-mini-chat');
  beforeStart(storage);
  const start = (port: number): Promise<VsCodeServer> =>
    startVsCodeServer({
      install,
      dataDir,
      keyBindings,
      port,
      userSettings: quietSettings,
      machineSettings: { 'o1mini.baseUrl': api.origin },
      trust: 'trusted',
    });
  let server = await start(0);
  let { browser, context } = await openBrowser();

  const locations: WindowLocations = {
    storage,
    addressOf: (workspace) => server.windowUrl({ ...workspace, extensionDevelopmentPath: inRepository() }),
  };

  return {
    api,
    folder,
    other,
    userFolder,
    storage,
    async open(workspace) {
      const window = windowOf(await context.newPage(), locations);
      await window.goTo(workspace);
      return window;
    },
    async kill() {
      const disconnected = new Promise<void>((resolve) => browser.once('disconnected', () => resolve()));
      const connection = await browser.newBrowserCDPSession();
      // The browser crashes before it can respond.
      void connection.send('Browser.crash').catch(() => undefined);
      await Promise.all([server.kill(), disconnected]);
    },
    async restart() {
      // The ID of a workspace depends on the address of the server.
      server = await start(Number(new URL(server.origin).port));
      ({ browser, context } = await openBrowser());
    },
    async close() {
      await browser.close();
      await Promise.all([server.close(), api.close()]);
    },
  };
}

async function openBrowser(): Promise<{ readonly browser: Browser; readonly context: BrowserContext }> {
  const browser = await launchBrowser();
  const context = await browser.newContext({
    viewport: { width: 1400, height: 900 },
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(MAX_WAIT_MS);
  return { browser, context };
}

interface WindowLocations {
  readonly storage: string;
  readonly addressOf: (workspace: OpenedWorkspace) => string;
}

function windowOf(page: Page, { storage, addressOf }: WindowLocations): VsCodeWindow {
  const webview = page.locator('iframe.webview[src*="extensionId=o1mini.o1-mini-chat"]').first();
  const panel = webview.contentFrame().frameLocator('iframe#active-frame');
  const chat = chatPage(panel);
  const parts = workbench(page);

  async function show(): Promise<void> {
    await page.bringToFront();
    await whenRestored(page);
    await parts.command('o1-mini: Open Chat');
    await panel.locator('[role=log]:not([aria-busy])').waitFor();
  }

  return {
    ...parts,
    page,
    panel,
    chat,
    show,
    async goTo(workspace) {
      await page.goto(addressOf(workspace));
      await show();
    },
    async reload() {
      await page.reload();
      await show();
    },
    async newChat() {
      await parts.press('newChat');
      await chat.questions.first().waitFor({ state: 'detached' });
    },
    async showHistory() {
      await parts.command('o1-mini: Show History');
      await panel.getByRole('searchbox', { name: 'Search Chats' }).waitFor();
    },
    row: (name) => panel.getByRole('row', { name: new RegExp(`^${name}`) }),
    async write(text) {
      await chat.box.fill(text);
      await untilFiles(join(storage, 'windows'), (files) => files.some((file) => file.includes(text)));
    },
    async waitForText(text) {
      // VS Code may load the webview again meanwhile, with another box.
      const current = (): Promise<string | undefined> => chat.box.inputValue().catch(() => undefined);
      const deadline = performance.now() + MAX_WAIT_MS;
      for (let found = await current(); found !== text; found = await current()) {
        if (performance.now() > deadline) throw new Error(`The question box has ${found}, not ${text}`);
        await page.waitForTimeout(POLL_MS);
      }
    },
  };
}
