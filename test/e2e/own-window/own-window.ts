import { lateBound } from '../../support/late-bound';
import { openWindow, type TestWindow, type WindowOptions } from '../../support/window';
import { chatPage, openChat, type ChatPage } from '../chat-page';

/** Opens a window of its own and the chat in it, and closes the window at the end. */
export async function inWindow(
  options: WindowOptions,
  use: (workbench: TestWindow, chat: ChatPage) => Promise<void>,
): Promise<void> {
  const workbench = await openWindow(options);
  try {
    await use(workbench, await openChat(workbench));
  } finally {
    await workbench.close();
  }
}

/** Opens a window with the chat for the suite that calls this, and closes it after the suite. */
export function useOwnWindow(options: () => WindowOptions = () => ({})): {
  readonly workbench: TestWindow;
  readonly chat: ChatPage;
} {
  let opened: { readonly workbench: TestWindow; readonly chat: ChatPage } | undefined;
  before('open a window', async () => {
    const workbench = await openWindow(options());
    opened = { workbench, chat: chatPage(workbench.panel()) };
    await openChat(workbench);
  });
  after('close the window', () => opened?.workbench.close());
  return {
    workbench: lateBound('window', () => opened?.workbench),
    chat: lateBound('window', () => opened?.chat),
  };
}
