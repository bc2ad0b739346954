import type { FrameLocator, Locator } from 'playwright-core';
import type { TestWindow } from './window';

/** The chat as a user sees it, by its accessible names. */
export interface ChatPage {
  readonly log: Locator;
  readonly questions: Locator;
  readonly answers: Locator;
  readonly box: Locator;
  readonly status: Locator;
  readonly alert: Locator;
  /** What sending would take, beside Send. */
  readonly estimate: Locator;
  button(name: string): Locator;
  /** Types a question and presses Enter. */
  enter(text: string): Promise<void>;
  /** Enters a question and waits until it is in the conversation. */
  ask(text: string): Promise<void>;
  /** Does what asks a question, and waits until it is in the conversation. */
  asked(action: () => Promise<unknown>): Promise<void>;
  /** Waits until the status begins with this. */
  until(status: string): Promise<void>;
}

/** Opens the panel and waits until it shows the conversation. */
export async function openChat(w: TestWindow): Promise<ChatPage> {
  // By its name it is waited for until the window has found the extension.
  if (await w.panel().locator('body').count()) await w.press('openChat');
  else await w.command('o1-mini: Open Chat');
  await w.panel().locator('[role=log]:not([aria-busy])').waitFor();
  return chatPage(w.panel());
}

/** Opens the panel with no question in it, asked or written. */
export async function freshChat(w: TestWindow): Promise<ChatPage> {
  const chat = await openChat(w);
  if (await chat.questions.count()) await w.press('newChat');
  await chat.questions.first().waitFor({ state: 'detached' });
  await chat.box.fill('');
  return chat;
}

export function chatPage(panel: Pick<FrameLocator, 'getByRole' | 'locator'>): ChatPage {
  const log = panel.getByRole('log', { name: 'Conversation' });
  const questions = log.getByRole('article', { name: 'You' });
  const box = panel.getByRole('textbox', { name: 'Ask o1-mini' });
  const status = panel.getByRole('status', { name: 'Request' });
  async function enter(text: string): Promise<void> {
    await box.fill(text);
    await box.press('Enter');
  }

  async function asked(action: () => Promise<unknown>): Promise<void> {
    const before = await questions.count();
    await action();
    await questions.nth(before).waitFor();
  }

  return {
    log,
    questions,
    answers: log.getByRole('article', { name: 'o1-mini' }),
    box,
    status,
    alert: panel.getByRole('alert'),
    estimate: panel.locator('.estimate'),
    button: (name) => panel.getByRole('button', { name, exact: true }),
    enter,
    asked,
    ask: (text) => asked(() => enter(text)),
    until: (text) => status.filter({ hasText: new RegExp(`^${text}`) }).waitFor(),
  };
}
