import type { FrameLocator, Locator } from 'playwright-core';
import type { TestWindow } from '../support/window';

/** The elements of the chat, found by their accessible names. */
export interface ChatPage {
  readonly log: Locator;
  readonly questions: Locator;
  readonly answers: Locator;
  readonly box: Locator;
  readonly status: Locator;
  readonly alert: Locator;
  /** Tokens and price of the question in the box, next to Send. */
  readonly estimate: Locator;
  button(name: string): Locator;
  /** Types a question and presses Enter. */
  enter(text: string): Promise<void>;
  /** Enters a question and waits until it is in the conversation. */
  ask(text: string): Promise<void>;
  /** Performs an action that sends a question, and waits until the question is in the conversation. */
  askBy(action: () => Promise<unknown>): Promise<void>;
  /** Waits until the status begins with this pattern. */
  until(status: string): Promise<void>;
}

/** Opens the panel and waits until it shows the conversation. */
export async function openChat(workbench: TestWindow): Promise<ChatPage> {
  // Before the window has found the extension, a key would be lost, but the command palette waits for the command.
  if (await workbench.panel().locator('body').count()) await workbench.press('openChat');
  else await workbench.command('o1-mini: Open Chat');
  await workbench.panel().locator('[role=log]:not([aria-busy])').waitFor();
  return chatPage(workbench.panel());
}

/** Opens the panel with an empty conversation and an empty question box. */
export async function openNewChat(workbench: TestWindow): Promise<ChatPage> {
  const chat = await openChat(workbench);
  if (await chat.questions.count()) await workbench.press('newChat');
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

  async function askBy(action: () => Promise<unknown>): Promise<void> {
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
    askBy,
    ask: (text) => askBy(() => enter(text)),
    until: (text) => status.filter({ hasText: new RegExp(`^${text}`) }).waitFor(),
  };
}
