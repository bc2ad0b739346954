import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Locator } from 'playwright-core';
import { emptyConversation, reduce, type Conversation } from '../../src/core/chat/conversation';
import type { ChatWorkspace } from '../../src/core/chat/stored-chat';
import { serializeStored } from '../../src/host/storage/chats/chat-format';
import { chatFolder } from '../e2e/chat-files';
import { openChat } from '../e2e/chat-page';
import { openWindow, type TestWindow } from '../support/window';
import { lineOf, type BenchLine } from './line';
import { mixedAnswer } from './long-answers';

const chats = 10_000;
const turns = 1000;
const rounds = 5;
const settleMs = 300;
/** A word in every 500th chat, but in no title. */
const word = 'heron';
const wordInterval = 500;
const longTitle = 'The long chat';

/** A click or a keystroke in the chat webview, and its expected result. */
interface Step {
  /** Selector of the element that is clicked or typed into. */
  readonly target: string;
  /** The text of the element, if the selector matches several. */
  readonly name?: string;
  readonly typed?: string;
  /** Selector of an element that is present when the step is complete. */
  readonly result: string;
  /** Text that the result contains. */
  readonly text?: string;
}

/**
 * Searches and opens chats in a real window, and measures the time from a click or a keystroke to the result on the
 * screen, including the files that the host reads and the messages that VS Code transports.
 */
export async function benchChats(): Promise<readonly BenchLine[]> {
  const workbench = await openWindow();
  try {
    const chat = await openChat(workbench);
    await chat.ask('Where is this?');
    await chat.until('Done');
    writeChats(await untilChatFile(workbench));
    await workbench.command('o1-mini: New Chat');
    const body = workbench.panel().locator('body');
    await waitForList(workbench, body);
    const times = await measure(workbench, body);
    return [
      timeLine('P10', 'Showing the list of 10,000 chats', times.list, 100, 300),
      timeLine('P10', 'Opening a chat of 1,000 turns until its end is painted', times.open, 100, 3000),
      timeLine('P12', 'Searching the text of 10,000 chats, first result', times.search, 200, 1200),
      timeLine('P12', 'Finding text in a chat of 1,000 turns', times.find, 100, 700),
    ];
  } finally {
    await workbench.close();
  }
}

/** The shortest time counts, because other processes can only prolong it. */
function timeLine(
  id: BenchLine['id'],
  label: string,
  times: readonly number[],
  goal: number,
  limit: number,
): BenchLine {
  const text = `${label}, including the host, best of ${times.length}`;
  return lineOf(id, text, Math.min(...times), { goal, limit, unit: ' ms', digits: 0 });
}

interface ChatFolder {
  readonly path: string;
  /** The workspace of the window as stored in its chats. */
  readonly workspace: ChatWorkspace;
}

/** Waits for the first chat file. */
async function untilChatFile(window: TestWindow): Promise<ChatFolder> {
  const path = chatFolder(window);
  for (;;) {
    const file = readdirSync(path).find((name) => /^[0-9a-f-]{36}\.json$/.test(name));
    if (file === undefined) {
      await wait(50);
      continue;
    }
    const { workspace } = JSON.parse(readFileSync(join(path, file), 'utf8')) as Pick<ChatFolder, 'workspace'>;
    return { path, workspace };
  }
}

function writeChats({ path, workspace }: ChatFolder): void {
  const write = (conversation: Conversation): void =>
    writeFileSync(join(path, `${conversation.id}.json`), serializeStored({ conversation, workspace }));
  for (let index = 1; index <= chats; index++) {
    const bird = index % wordInterval === 0 ? word : 'duck';
    const title = `Why is the sum of the first ${index} odd numbers a square?`;
    write(
      conversationOf(index, [
        [title, `There is a ${bird} in the reeds. ${'This is a longer text. '.repeat(20)}`],
      ]),
    );
  }
  const answers = mixedAnswer(60);
  const pairs = Array.from({ length: turns }, (_, index): readonly [string, string] => {
    const from = (index * 37) % (answers.length - 2048);
    return [index === 0 ? longTitle : `Question ${index}`, answers.slice(from, from + 2048)];
  });
  write(conversationOf(0, pairs));
}

function conversationOf(index: number, pairs: readonly (readonly [string, string])[]): Conversation {
  const at = Date.now() - index * 60_000;
  const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  return pairs.reduce((conversation, [text, answer], turn) => {
    const terms = { origin: 'http://127.0.0.1', model: 'o1-mini', limit: 1000, n: 1, promptTokens: 10 };
    const asked = reduce(conversation, { type: 'asked', turnId: `t${turn}`, question: { text }, at, terms });
    const events = [
      { type: 'sent', requestIndex: 0, seed: null },
      { type: 'text', index: 0, text: answer },
      { type: 'finished', index: 0, reason: 'stop' },
      { type: 'ended', outcome: { kind: 'complete' } },
    ] as const;
    return events.reduce((before, event) => reduce(before, { type: 'answer', event, at }), asked);
  }, emptyConversation(id));
}

const historyButton = { target: 'button', name: 'History' };
const searchBox = '.chat-search';
const longRow = '.chat-row[data-chat$="000000000000"]';

/** Opens the list once, because reading all files for the first time is not measured. */
async function waitForList(workbench: TestWindow, body: Locator): Promise<void> {
  await body.getByRole('button', { name: historyButton.name, exact: true }).click();
  await body.locator(longRow).waitFor();
  await workbench.page.keyboard.press('Escape');
}

async function measure(
  workbench: TestWindow,
  body: Locator,
): Promise<Readonly<Record<'list' | 'search' | 'open' | 'find', readonly number[]>>> {
  const times = { list: [] as number[], search: [] as number[], open: [] as number[], find: [] as number[] };
  const time = (step: Step): Promise<number> => body.evaluate(timeOfStep, step);
  for (let round = 0; round < rounds; round++) {
    times.list.push(await time({ ...historyButton, result: '.chat-row' }));
    times.search.push(await time({ target: searchBox, typed: word, result: '.chat-snippet', text: word }));
    await body.locator(searchBox).fill('');
    await body.locator(longRow).waitFor();
    const last = `[role=log] .turn[data-turn="t${turns - 1}"]`;
    times.open.push(await time({ target: longRow, result: last }));
    await body.locator('[role=log]:not([aria-busy])').waitFor();
    await body.locator('textarea').press('Control+f');
    await body.locator('.find input').waitFor();
    times.find.push(
      await time({ target: '.find input', typed: 'weights', result: '.find-count', text: ' of ' }),
    );
    await body.locator('.find input').fill('');
    await body.locator('.find input').press('Escape');
    await workbench.command('o1-mini: New Chat');
    await body.locator(last).waitFor({ state: 'detached' });
    // The new chat has closed the list.
    await wait(settleMs);
  }
  return times;
}

/** Runs in the webview: performs a step and waits until its result is painted. Returns the time in ms. */
async function timeOfStep(body: Element, { target, name, typed, result, text }: Step): Promise<number> {
  const element = [...body.querySelectorAll<HTMLElement>(target)].find(
    ({ innerText }) => name === undefined || innerText === name,
  );
  if (!element) throw new Error(`${target} was not found.`);
  const start = performance.now();
  if (typed !== undefined && element instanceof HTMLInputElement) {
    element.value = typed;
    element.dispatchEvent(new InputEvent('input', { bubbles: true }));
  } else element.click();
  for (;;) {
    const found = body.querySelector(result);
    if (found && (text === undefined || found.textContent.includes(text))) break;
    await new Promise(requestAnimationFrame);
  }
  await new Promise(requestAnimationFrame);
  return performance.now() - start;
}
