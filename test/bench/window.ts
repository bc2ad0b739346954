import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { chatPage } from '../e2e/chat-page';
import { inRepository } from '../support/paths';
import { scratchFolder } from '../support/scratch-folder';
import { packagedFiles } from '../support/vsix';
import { openWindow, type TestWindow } from '../support/window';
import { lineOf, type BenchLine } from './line';
import { minimalId, writeMinimalView } from './minimal-view';
import { median } from './quantile';

const ourId = 'o1mini.o1-mini-chat';
const rounds = 8;
/** Questions in each view, before the other one is opened. */
const questions = 5;
const openings = 15;
/** In ms; VS Code ignores a second click on an icon within 300 ms. */
const betweenClicksMs = 400;

/** The two views that are compared: ours, and one of an extension that does as little as possible. */
interface View {
  readonly icon: string;
  readonly id: string;
}
const ours: View = { icon: 'o1-mini Chat', id: ourId };
const minimal: View = { icon: 'Minimal', id: minimalId };

/** What a person waits for in the real window, against a minimal extension in the same window. */
export async function benchWindow(): Promise<readonly BenchLine[]> {
  const sent: number[] = [];
  const workbench = await openWindow({
    api: { pace: { thinkingMs: 100, deltaMs: 5 }, onFirstContent: (at) => sent.push(at) },
    extensionsDir: await installed(),
  });
  try {
    const delays = await firstWordDelays(workbench, sent);
    const times = await openingTimes(workbench);
    return [
      ratioLine('P5', 'From the first content byte on the socket to its text in the DOM', delays, 2.5),
      ratioLine('P8', 'From the click on the icon to a usable question box', times, 3),
    ];
  } finally {
    await workbench.close();
  }
}

interface Times {
  readonly own: readonly number[];
  readonly least: readonly number[];
}

/** The median of the ratios of pairs, which other processes disturb alike. */
function ratioLine(id: BenchLine['id'], what: string, { own, least }: Times, limit: number): BenchLine {
  const [mine, floor] = [median(own), median(least)];
  const text = `${what} (${mine.toFixed(0)} ms), against a minimal extension (${floor.toFixed(0)} ms), medians of ${own.length} pairs`;
  const ratios = own.map((time, pair) => time / (least[pair] ?? NaN));
  return lineOf(id, text, median(ratios), { goal: 1.3, limit, unit: ' times' });
}

async function installed(): Promise<string> {
  const extensionsDir = scratchFolder();
  for (const file of await packagedFiles()) {
    cpSync(inRepository(file), join(extensionsDir, ourId, file), { recursive: true });
  }
  writeMinimalView(extensionsDir);
  return extensionsDir;
}

/**
 * From the first content byte on the socket to its text in the DOM, in ms. All of the way is the extension's or VS
 * Code's, because both ends are on this machine.
 */
async function firstWordDelays(workbench: TestWindow, sent: number[]): Promise<Times> {
  const times = { own: [] as number[], least: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    await show(workbench, ours);
    const chat = chatPage(pageOf(workbench.page, ours));
    for (let question = 0; question < questions; question++) {
      workbench.api.script({ kind: 'answer', text: 'The answer, in a few words.' });
      sent.length = 0;
      const before = await chat.answers.count();
      const seen = chat.log.evaluate(firstAnswerAfter, before);
      await chat.ask(`Question ${question}`);
      times.own.push((await seen) - (sent[0] ?? NaN));
      await chat.until('Done');
    }
    await show(workbench, minimal);
    const log = pageOf(workbench.page, minimal).locator('[role=log]');
    for (let question = 0; question < questions; question++) {
      workbench.api.script({ kind: 'answer', text: 'The answer, in a few words.' });
      sent.length = 0;
      const seen = log.evaluate(firstContent);
      await pageOf(workbench.page, minimal).locator('textarea').click();
      times.least.push((await seen) - (sent[0] ?? NaN));
    }
  }
  return times;
}

/** Runs in our page: when text of the answer after so many is in it, on the clock that the server uses too. */
function firstAnswerAfter(log: Element, before: number): Promise<number> {
  return new Promise((resolve) => {
    new MutationObserver((_, observer) => {
      const answers = log.querySelectorAll('.markdown');
      if (answers.length <= before || answers[answers.length - 1]?.textContent === '') return;
      observer.disconnect();
      resolve(performance.timeOrigin + performance.now());
    }).observe(log, { childList: true, subtree: true, characterData: true });
  });
}

/** Runs in the minimal page: when the event with the first content is in its text. */
function firstContent(log: Element): Promise<number> {
  log.replaceChildren();
  return new Promise((resolve) => {
    new MutationObserver((_, observer) => {
      if (!log.textContent.includes('"content":"T')) return;
      observer.disconnect();
      resolve(performance.timeOrigin + performance.now());
    }).observe(log, { childList: true, subtree: true, characterData: true });
  });
}

/** From the click on an icon to the box of its view, in ms. VS Code has dropped the page, and loads it again. */
async function openingTimes(workbench: TestWindow): Promise<Times> {
  await workbench.page.context().addInitScript({ content: noteWhenUsable });
  const times = { own: [] as number[], least: [] as number[] };
  for (let opening = 0; opening < openings; opening++) {
    times.own.push(await openingTime(workbench, ours));
    times.least.push(await openingTime(workbench, minimal));
  }
  return times;
}

async function openingTime(workbench: TestWindow, view: View): Promise<number> {
  await iconOf(workbench.page, 'Explorer').click();
  await workbench.page.locator('iframe.webview').first().waitFor({ state: 'detached' });
  await wait(betweenClicksMs);
  const clicked = workbench.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        addEventListener('mousedown', () => resolve(performance.timeOrigin + performance.now()), {
          capture: true,
          once: true,
        });
      }),
  );
  await iconOf(workbench.page, view.icon).click();
  return (await usableAt(workbench.page)) - (await clicked);
}

async function show(workbench: TestWindow, view: View): Promise<void> {
  await wait(betweenClicksMs);
  const tab = iconOf(workbench.page, view.icon);
  if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
  await pageOf(workbench.page, view).locator('[role=log]:not([aria-busy])').waitFor({ state: 'attached' });
}

function iconOf(page: Page, name: string): Locator {
  return page.locator('.activitybar').getByRole('tab', { name }).first();
}

function pageOf(page: Page, { id }: View): FrameLocator {
  return page.frameLocator(`iframe.webview[src*="extensionId=${id}"]`).frameLocator('iframe#active-frame');
}

/** When the box of the view that is open could be used, as its page has noted it. */
async function usableAt(page: Page): Promise<number> {
  for (;;) {
    for (const frame of page.frames()) {
      const at = await noted(frame);
      if (at !== undefined) return at;
    }
    // Asking takes time of the page.
    await wait(50);
  }
}

function noted(frame: Frame): Promise<number | undefined> {
  return frame.evaluate<number | undefined>('window.usableAt').catch(() => undefined);
}

/** Code of each page, as text: notes when its box can be used. */
const noteWhenUsable = `
  const noting = setInterval(() => {
    if (!document.querySelector('textarea') || !document.querySelector('[role=log]:not([aria-busy])')) return;
    window.usableAt = performance.timeOrigin + performance.now();
    clearInterval(noting);
  }, 4);
`;
