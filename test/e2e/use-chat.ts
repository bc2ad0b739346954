import type { ApiServer } from '../server/server';
import { lateBound } from '../support/late-bound';
import { openWindow, type TestWindow } from '../support/window';
import { chatPage, openChat, openNewChat, type ChatPage } from './chat-page';

interface ChatInWindow {
  readonly workbench: TestWindow;
  readonly chat: ChatPage;
  /** The service in the settings of the window. */
  readonly api: ApiServer;
}

/** The window and its chat. All suites share them, because opening a window takes seconds. */
let opened: { readonly workbench: TestWindow; readonly chat: ChatPage } | undefined;

before('open the window', async () => {
  const workbench = await openWindow();
  opened = { workbench, chat: chatPage(workbench.panel()) };
});

afterEach('take a screenshot of a failure', async function () {
  const test = this.currentTest;
  // A test that will be retried has no state yet.
  if (!test || test.state === 'passed') return;
  const name = test.fullTitle().replace(/[^\w-]+/g, '-');
  await opened?.workbench.screenshot(`failed/${name}`);
  // A dialog that was left open would fail the next test too.
  await opened?.workbench.page.keyboard.press('Escape');
});

afterEach('clear the notifications', async () => {
  // The list of notifications covers the chat until it is empty.
  await opened?.workbench.press('clearNotifications').catch(() => undefined);
});

after('close the window', () => opened?.workbench.close());

/**
 * Shows the chat in the window before the suite that calls this, and clears the recorded requests before each test.
 *
 * @param newChat starts a new chat before the suite, or before each of its tests
 */
export function useChat({ newChat }: { readonly newChat?: 'once' | 'eachTest' } = {}): ChatInWindow {
  const workbench = lateBound('window', () => opened?.workbench);
  const api = lateBound('window', () => opened?.workbench.api);
  before('show the chat', async () => {
    if (newChat === undefined) await openChat(workbench);
    if (newChat === 'once') await openNewChat(workbench);
  });
  beforeEach('clear the recorded requests', async () => {
    api.clear();
    if (newChat === 'eachTest') await openNewChat(workbench);
  });
  return { workbench, api, chat: lateBound('window', () => opened?.chat) };
}
