import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { chatPage, openChat } from '../e2e/chat-page';
import { inRepository } from '../support/paths';
import { scratchFolder } from '../support/scratch-folder';
import { packagedFiles } from '../support/vsix';
import { openWindow, type TestWindow } from '../support/window';
import { lineOf, type BenchLine } from './line';
import { minimalId, writeMinimalView } from './minimal-view';
import { median } from './quantile';

const ownId = 'o1mini.o1-mini-chat';
const rounds = 8;
/** Questions in each view before the other view is opened. */
const questions = 5;
const openings = 15;
/** Pause between clicks, in ms; VS Code ignores a second click on an icon within 300 ms. */
const betweenClicksMs = 400;

/** A view in the secondary side bar. */
interface View {
  readonly icon: string;
  readonly id: string;
}
const own: View = { icon: 'o1-mini Chat', id: ownId };
const minimal: View = { icon: 'Minimal', id: minimalId };

/** Compares the waiting times of a user in a real window with those of a minimal extension in the same window. */
export async function benchWindow(): Promise<readonly BenchLine[]> {
  const sent: number[] = [];
  const workbench = await openWindow({
    api: { pace: { thinkingMs: 100, deltaMs: 5 }, onFirstContent: (at) => sent.push(at) },
    // Icons, because the titles of several views do not fit.
    settings: { 'workbench.secondarySideBar.showLabels': false },
    extensionsDir: await installExtensions(),
  });
  try {
    // A webview that stays loaded records it only once.
    await workbench.page.context().addInitScript({ content: recordWhenUsable });
    await openChat(workbench);
    const delays = await firstTextDelays(workbench, sent);
    const times = await openingTimes(workbench);
    return [
      ratioLine('P5', 'From the first content byte on the socket to its text in the DOM', delays, 2.5),
      ratioLine('P8', 'From the click on the icon to a usable question box', times, 1),
    ];
  } finally {
    await workbench.close();
  }
}

interface Times {
  readonly ownTimes: readonly number[];
  readonly minimalTimes: readonly number[];
}

/** The median of the ratios of pairs, which other processes disturb equally. */
function ratioLine(
  id: BenchLine['id'],
  label: string,
  { ownTimes, minimalTimes }: Times,
  limit: number,
): BenchLine {
  const [ownMedian, minimalMedian] = [median(ownTimes), median(minimalTimes)];
  const text = `${label} (${ownMedian.toFixed(0)} ms), compared with a minimal extension (${minimalMedian.toFixed(0)} ms), medians of ${ownTimes.length} pairs`;
  const ratios = ownTimes.map((time, pair) => time / (minimalTimes[pair] ?? NaN));
  return lineOf(id, text, median(ratios), { goal: 1.3, limit, unit: ' times' });
}

async function installExtensions(): Promise<string> {
  const extensionsDir = scratchFolder();
  for (const file of await packagedFiles()) {
    cpSync(inRepository(file), join(extensionsDir, ownId, file), { recursive: true });
  }
  writeMinimalView(extensionsDir);
  return extensionsDir;
}

/**
 * Times from the first content byte on the socket to its text in the DOM, in ms. They are spent only in the extension
 * and in VS Code, because client and server are on this machine.
 */
async function firstTextDelays(workbench: TestWindow, sent: number[]): Promise<Times> {
  const times = { ownTimes: [] as number[], minimalTimes: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    await show(workbench, own);
    const chat = chatPage(webviewOf(workbench.page, own));
    for (let question = 0; question < questions; question++) {
      workbench.api.script({ kind: 'answer', text: 'The answer, in a few words.' });
      sent.length = 0;
      const before = await chat.answers.count();
      const shownAt = chat.log.evaluate(firstAnswerAfter, before);
      await chat.ask(`Question ${question}`);
      times.ownTimes.push((await shownAt) - (sent[0] ?? NaN));
      await chat.until('Done');
    }
    await show(workbench, minimal);
    const log = webviewOf(workbench.page, minimal).locator('[role=log]');
    for (let question = 0; question < questions; question++) {
      workbench.api.script({ kind: 'answer', text: 'The answer, in a few words.' });
      sent.length = 0;
      const shownAt = log.evaluate(firstContent);
      await webviewOf(workbench.page, minimal).locator('textarea').click();
      times.minimalTimes.push((await shownAt) - (sent[0] ?? NaN));
    }
  }
  return times;
}

/** Runs in the panel: waits for the text of the next answer. Returns its time on the clock that the server uses too. */
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

/** Runs in the minimal view: waits for the event with the first content, and returns its time. */
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

/** Times from the click on an icon to the text box of its view, in ms. VS Code loads the minimal view again each time. */
async function openingTimes(workbench: TestWindow): Promise<Times> {
  const times = { ownTimes: [] as number[], minimalTimes: [] as number[] };
  for (let opening = 0; opening < openings; opening++) {
    times.ownTimes.push(await openingTime(workbench, own));
    times.minimalTimes.push(await openingTime(workbench, minimal));
  }
  return times;
}

async function openingTime({ page }: TestWindow, view: View): Promise<number> {
  await iconOf(page, 'Empty').click();
  await page.locator('iframe.webview').filter({ visible: true }).waitFor({ state: 'detached' });
  await wait(betweenClicksMs);
  const clicked = page.evaluate(clickTime);
  const visible = page.evaluate(visibleTime);
  await iconOf(page, view.icon).click();
  return Math.max(await visible, await usableAt(page, view)) - (await clicked);
}

/** Runs in the window: waits for a click, and returns its time. */
function clickTime(): Promise<number> {
  return new Promise((resolve) => {
    addEventListener('mousedown', () => resolve(performance.timeOrigin + performance.now()), {
      capture: true,
      once: true,
    });
  });
}

/** Runs in the window: waits for a visible webview, and returns the time at which it was found. */
function visibleTime(): Promise<number> {
  return new Promise((resolve) => {
    const noting = setInterval(() => {
      const webviews = [...document.querySelectorAll('iframe.webview')];
      if (!webviews.some((webview) => webview.checkVisibility({ checkVisibilityCSS: true }))) return;
      clearInterval(noting);
      resolve(performance.timeOrigin + performance.now());
    }, 4);
  });
}

async function show(workbench: TestWindow, view: View): Promise<void> {
  await wait(betweenClicksMs);
  const tab = iconOf(workbench.page, view.icon);
  if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
  await webviewOf(workbench.page, view).locator('[role=log]:not([aria-busy])').waitFor({ state: 'attached' });
}

function iconOf(page: Page, name: string): Locator {
  return page.locator('.part.auxiliarybar').getByRole('tab', { name }).first();
}

function webviewOf(page: Page, { id }: View): FrameLocator {
  return page.frameLocator(`iframe.webview[src*="extensionId=${id}"]`).frameLocator('iframe#active-frame');
}

/** The time at which the text box of a view became usable, as recorded by its webview. */
async function usableAt(page: Page, { id }: View): Promise<number> {
  for (;;) {
    for (const frame of page.frames()) {
      const at =
        frame.url().includes(id) || frame.parentFrame()?.url().includes(id)
          ? await recordedTime(frame)
          : undefined;
      if (at !== undefined) return at;
    }
    // Pauses, because each query takes time of the webview.
    await wait(50);
  }
}

function recordedTime(frame: Frame): Promise<number | undefined> {
  return frame.evaluate<number | undefined>('window.usableAt').catch(() => undefined);
}

/** A script for each webview that records when its text box becomes usable. */
const recordWhenUsable = `
  const noting = setInterval(() => {
    if (!document.querySelector('textarea') || !document.querySelector('[role=log]:not([aria-busy])')) return;
    window.usableAt = performance.timeOrigin + performance.now();
    clearInterval(noting);
  }, 4);
`;
