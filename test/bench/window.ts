import { setTimeout as wait } from 'node:timers/promises';
import { chatPage } from '../e2e/chat-page';
import type { Locator, Page } from 'playwright-core';
import { openWindow, type TestWindow } from '../support/window';
import type { BenchLine } from './line';
import { median, quantile } from './quantile';

const questions = 50;
/** Milliseconds from the first content byte to its text, at the median. */
const limit = 50;
const openings = 20;
/** Milliseconds from the click to the box, at the median. */
const openingLimit = 300;

interface WatchedWindow {
  firstWords: number[];
}

/** What a person waits for in the real window. */
export async function benchWindow(): Promise<readonly BenchLine[]> {
  const sent: number[] = [];
  const pace = { thinkingMs: 100, deltaMs: 5 };
  const w = await openWindow({ api: { pace, onFirstContent: (at) => sent.push(at) } });
  try {
    return [
      lineOf('First content byte to its text in the DOM', await firstWordDelays(w, sent), limit),
      lineOf('Click to a question box that can be used', await openingTimes(w), openingLimit),
    ];
  } finally {
    await w.close();
  }
}

function lineOf(what: string, delays: readonly number[], most: number): BenchLine {
  const [half, slow] = [median(delays), quantile(delays, 0.9)];
  const text =
    `${what}, ${delays.length} times: ` +
    `median ${half.toFixed(1)} ms (limit ${most} ms), nine in ten within ${slow.toFixed(1)} ms`;
  return { text, reached: half <= most };
}

/** Notes when each answer's first words are in the page, on the clock that the server uses too. */
function watchAnswers(log: Node): void {
  const watched = window as unknown as WatchedWindow;
  const seen = new WeakSet<Element>();
  watched.firstWords = [];
  new MutationObserver(() => {
    for (const answer of (log as Element).querySelectorAll('.markdown')) {
      if (seen.has(answer) || answer.textContent === '') continue;
      seen.add(answer);
      watched.firstWords.push(performance.timeOrigin + performance.now());
    }
  }).observe(log, { childList: true, subtree: true, characterData: true });
}

/**
 * From the first content byte on the socket to its text in the DOM of the real window, in milliseconds.
 * All of the way is ours or VS Code's: both ends are on this machine.
 */
async function firstWordDelays(w: TestWindow, sent: readonly number[]): Promise<readonly number[]> {
  await w.command('o1-mini: Open Chat');
  const chat = chatPage(w.panel());
  await chat.log.evaluate(watchAnswers);
  for (let question = 0; question < questions; question++) {
    w.api.script({ kind: 'answer', text: 'The answer, in a few words.' });
    await chat.ask(`Question ${question}`);
    await chat.until('Done');
  }
  const seen = await chat.log.evaluate(() => (window as unknown as WatchedWindow).firstWords);
  return seen.map((at, index) => at - (sent[index] ?? NaN));
}

/**
 * From the click on the chat's icon to its box, with the conversation and the draft in it, in milliseconds. VS Code
 * has dropped the page meanwhile, and loads it anew.
 */
async function openingTimes(w: TestWindow): Promise<readonly number[]> {
  const icon = (name: string): Locator => w.page.locator('.activitybar').getByRole('tab', { name }).first();
  const times: number[] = [];
  await w.page.context().addInitScript({ content: noteWhenUsable });
  for (let opening = 0; opening < openings; opening++) {
    await icon('Explorer').click();
    await w.page.locator(viewFrame).waitFor({ state: 'detached' });
    const clicked = w.page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          addEventListener('mousedown', () => resolve(performance.timeOrigin + performance.now()), {
            capture: true,
            once: true,
          });
        }),
    );
    await icon('o1-mini Chat').click();
    times.push((await usableAt(w.page)) - (await clicked));
  }
  return times;
}

const viewFrame = 'iframe.webview[src*="extensionId=o1mini.o1-mini-chat"]';

/** When it was, as the page itself has noted it. */
async function usableAt(page: Page): Promise<number> {
  for (;;) {
    for (const frame of page.frames()) {
      const at = await frame.evaluate<number | undefined>('window.usableAt').catch(() => undefined);
      if (at !== undefined) return at;
    }
    // Asking takes the page's time.
    await wait(50);
  }
}

/** Code of each page, as text: notes when its box can be used. */
const noteWhenUsable = `
  const noting = setInterval(() => {
    const box = document.querySelector('textarea[aria-label="Ask o1-mini"]');
    if (!box || !document.querySelector('[role=log]:not([aria-busy])')) return;
    window.usableAt = performance.timeOrigin + performance.now();
    clearInterval(noting);
  }, 4);
`;
