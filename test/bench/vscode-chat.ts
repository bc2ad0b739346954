import type { Browser } from 'playwright-core';
import { chatPage, openChat } from '../e2e/chat-page';
import { chatSettings, vscodeChat, type VscodeChat } from '../e2e/vscode-chat';
import { openWindow, type TestWindow } from '../support/window';
import { lineOf, type BenchLine } from './line';
import { mixedAnswer } from './long-answers';

/** The pace of the server, in ms between deltas of four characters. */
const DELTA_MS = 1;
const END = 'This is the end.';
/** In ms; VS Code still draws an answer long after the last delta was received. */
const MAX_DRAWING_MS = 1_200_000;

/**
 * The CPU time of a window in which an answer is streamed to a chat, until the end of the answer is drawn. It is measured
 * once for each chat, because VS Code takes minutes.
 */
export async function benchVscodeChat(): Promise<readonly BenchLine[]> {
  const workbench = await openWindow({
    api: { pace: { thinkingMs: 0, deltaMs: DELTA_MS } },
    settings: chatSettings,
  });
  try {
    const answer = wholeSections(mixedAnswer(50)) + END;
    await openChat(workbench);
    const chat = vscodeChat(workbench);
    await chat.addModels();
    await chat.openThread();
    const chatView = await cpuTimeOf(workbench, () => answerInChatView(workbench, chat, answer));
    await openChat(workbench);
    const panel = await cpuTimeOf(workbench, () => answerInPanel(workbench, answer));
    return [line(chatView, panel)];
  } finally {
    await workbench.close();
  }
}

/** Without the section that was cut, which may end within a code block. */
function wholeSections(markdown: string): string {
  return markdown.slice(0, markdown.lastIndexOf('\n## ') + 1);
}

function line(chatView: number, panel: number): BenchLine {
  const seconds = (time: number): string => `${time.toFixed(1)} s of CPU of the window`;
  const label = `Streaming 50 KB to the Chat view of VS Code (${seconds(chatView)}), compared with the panel (${seconds(panel)})`;
  return lineOf('P4', label, chatView / panel, {
    goal: 3,
    limit: 10,
    unit: ' times',
    digits: 1,
    better: 'more',
  });
}

async function answerInChatView(workbench: TestWindow, chat: VscodeChat, answer: string): Promise<void> {
  workbench.api.script({ kind: 'answer', text: answer });
  await chat.ask('@o1mini Explain');
  await chat.lastAnswer.getByText(END).waitFor({ timeout: MAX_DRAWING_MS });
}

async function answerInPanel(workbench: TestWindow, answer: string): Promise<void> {
  const chat = chatPage(workbench.panel());
  workbench.api.script({ kind: 'answer', text: answer });
  await chat.ask('Explain');
  await chat.answers.last().getByText(END).waitFor({ timeout: MAX_DRAWING_MS });
}

/** The CPU time of all renderer processes of the browser during an action, in s. */
async function cpuTimeOf(workbench: TestWindow, action: () => Promise<void>): Promise<number> {
  const browser = workbench.page.context().browser();
  if (!browser) throw new Error('The window has no browser.');
  const before = await rendererTime(browser);
  await action();
  return (await rendererTime(browser)) - before;
}

async function rendererTime(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}
