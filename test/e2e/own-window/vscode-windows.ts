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

/** What a window has open; neither of the two is a window without a folder. */
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
  /** Brings the window to the front with the chat in it: a browser draws nothing of the others. */
  show(): Promise<void>;
  newChat(): Promise<void>;
  showHistory(): Promise<void>;
  /** The chat or draft in History that begins with this. */
  row(name: string): Locator;
  /** Writes into the question box, and waits until that is saved. */
  write(text: string): Promise<void>;
  /** Waits until the question box has this text, which the host may give it late. */
  untilWritten(text: string): Promise<void>;
}

/** VS Code as a server, and its windows; both can be killed, and started again over the same files. */
export interface VsCodeWindows {
  readonly api: ApiServer;
  /** A workspace, and an empty folder beside it. */
  readonly folder: string;
  readonly other: string;
  /** Where VS Code keeps all of its own. */
  readonly userFolder: string;
  /** What the extension keeps for all workspaces. */
  readonly storage: string;
  open(workspace: OpenedWorkspace): Promise<VsCodeWindow>;
  /** Kills browser and server, without a word to either. */
  kill(): Promise<void>;
  /** Starts both again. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** @param beforeStart is given the folder of the extension before it is there */
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
  const startOne = (port: number): Promise<VsCodeServer> =>
    startVsCodeServer({
      install,
      dataDir,
      keyBindings,
      port,
      userSettings: quietSettings,
      machineSettings: { 'o1mini.baseUrl': api.origin },
      trust: 'trusted',
    });
  let server = await startOne(0);
  let { browser, context } = await openBrowser();

  const places: WindowPlaces = {
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
      const window = windowOf(await context.newPage(), places);
      await window.goTo(workspace);
      return window;
    },
    async kill() {
      const isGone = new Promise<void>((resolve) => browser.once('disconnected', () => resolve()));
      const connection = await browser.newBrowserCDPSession();
      // It does not live to answer.
      void connection.send('Browser.crash').catch(() => undefined);
      await Promise.all([server.kill(), isGone]);
    },
    async restart() {
      // VS Code's name for a workspace depends on the address of the server.
      server = await startOne(Number(new URL(server.origin).port));
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
  context.setDefaultTimeout(60_000);
  return { browser, context };
}

interface WindowPlaces {
  readonly storage: string;
  readonly addressOf: (workspace: OpenedWorkspace) => string;
}

function windowOf(page: Page, { storage, addressOf }: WindowPlaces): VsCodeWindow {
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
    async untilWritten(text) {
      const box = await chat.box.elementHandle();
      const frame = await box.ownerFrame();
      await frame?.waitForFunction(
        ({ element, expected }) => element instanceof HTMLTextAreaElement && element.value === expected,
        { element: box, expected: text },
        // A tab that is not in front draws no frames, by which it would be looked at otherwise.
        { polling: 100 },
      );
    },
  };
}
