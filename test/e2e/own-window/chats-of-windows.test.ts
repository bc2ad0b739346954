import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { recordFigure } from '../../support/promises';
import { openWindow, type TestWindow } from '../../support/window';
import { whenRestored, workbench } from '../../support/workbench';
import { chatPage, type ChatPage } from '../chat-page';

/** A window of VS Code: a tab of the browser, at its address. */
interface BrowserWindow {
  readonly page: Page;
  readonly panel: FrameLocator;
  readonly chat: ChatPage;
}

describe('R8 Whatever happens to windows and workspaces, no chat and no draft disappears', () => {
  let w: TestWindow;
  let folder: string;
  let other: string;

  before(async () => {
    w = await openWindow();
    ({ folder } = w);
    other = join(folder, '..', 'other');
    mkdirSync(other);
  });
  after(() => w.close());

  /** The address of a window with another workspace, or with none. */
  function address(workspace: { readonly folder?: string; readonly workspace?: string }): string {
    const url = new URL(w.page.url());
    for (const name of ['folder', 'workspace', 'ew']) url.searchParams.delete(name);
    for (const [name, path] of Object.entries(workspace)) url.searchParams.set(name, path);
    if (Object.keys(workspace).length === 0) url.searchParams.set('ew', 'true');
    return url.toString();
  }

  async function show(page: Page, url?: string): Promise<BrowserWindow> {
    await (url === undefined ? page.reload() : page.goto(url));
    await whenRestored(page);
    await workbench(page).command('o1-mini: Open Chat');
    const frame = page.locator('iframe.webview[src*="extensionId=o1mini.o1-mini-chat"]').first();
    const panel = frame.contentFrame().frameLocator('iframe#active-frame');
    await panel.locator('[role=log]:not([aria-busy])').waitFor();
    return { page, panel, chat: chatPage(panel) };
  }

  const open = async (url: string): Promise<BrowserWindow> => show(await w.page.context().newPage(), url);

  /** Waits until the box has this text. */
  async function untilWritten({ chat }: BrowserWindow, text: string): Promise<void> {
    for (let tries = 0; tries < 600 && (await chat.box.inputValue()) !== text; tries++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(await chat.box.inputValue(), text);
  }

  async function write(window: BrowserWindow, text: string): Promise<void> {
    await window.chat.box.fill(text);
    // What the host has, it saves within some tenths of a second.
    for (let tries = 0; tries < 600 && !savedDrafts().includes(text); tries++)
      await new Promise((resolve) => setTimeout(resolve, 100));
  }

  const storage = (): string => join(w.dataDir, 'data', 'User', 'globalStorage', 'o1mini.o1-mini-chat');

  function savedDrafts(): string {
    const path = join(storage(), 'windows');
    return readdirSync(path)
      .filter((name) => name.endsWith('.json'))
      .map((name) => readIfThere(join(path, name)))
      .join('\n');
  }

  it('when a folder is added, a workspace is saved, or the window is loaded anew', async () => {
    let window = await show(w.page, address({ folder }));
    await window.chat.ask('Asked in one folder');
    await window.chat.until('Done');
    await write(window, 'Draft of the window');
    const workspaceFile = join(folder, '..', 'both.code-workspace');
    writeFileSync(workspaceFile, JSON.stringify({ folders: [folder, other].map((path) => ({ path })) }));
    // As VS Code itself does when a folder is added in a browser: it goes to the address of the new workspace.
    for (const url of [address({ workspace: workspaceFile }), undefined]) {
      window = await show(w.page, url);
      await untilWritten(window, 'Draft of the window');
      await window.chat.questions.getByText('Asked in one folder').waitFor();
    }
    await workbench(w.page).command('o1-mini: Show History');
    await window.panel.getByRole('row', { name: /^Asked in one folder/ }).waitFor();
    recordFigure('R8', 'real window: folder added and workspace saved, chats and draft there');
  });

  it('when two windows of one folder go on with the same chat, each sees what the other has asked', async () => {
    const first = await open(address({ folder: other }));
    // A window goes on with the chat that another left behind.
    if (await first.chat.questions.count()) await workbench(first.page).command('o1-mini: New Chat');
    await first.chat.questions.first().waitFor({ state: 'detached' });
    await first.chat.ask('Asked in the first window');
    await first.chat.until('Done');
    const second = await open(address({ folder: other }));
    await workbench(second.page).command('o1-mini: Show History');
    await second.panel.getByRole('row', { name: /^Asked in the first window/ }).click();
    await second.chat.questions.getByText('Asked in the first window').waitFor();
    await second.chat.ask('Asked in the second window');
    await second.chat.until('Done');
    await first.chat.questions.getByText('Asked in the second window').waitFor();
    await first.chat.ask('And again in the first');
    await second.chat.questions.getByText('And again in the first').waitFor();
    await Promise.all([first.page.close(), second.page.close()]);
    recordFigure('R8', 'real windows: two on one chat see each other’s questions');
  });
});

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
