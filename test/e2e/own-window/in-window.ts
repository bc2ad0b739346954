import { openWindow, type TestWindow, type WindowOptions } from '../../support/window';
import { openChat, type ChatPage } from '../chat-page';

/** Opens a window of its own and the chat in it, and closes it in the end. */
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
