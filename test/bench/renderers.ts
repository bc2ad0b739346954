import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { inRepository } from '../support/paths';
import { openPanel } from '../support/panel-page';
import type { Feeding, RendererName } from './page/feed';
import { longestTaskWhile } from '../support/tracing';

/** Characters of a delta. */
const delta = 4;
/** Deltas that arrive while a frame lasts: some 120 a second. */
const perFrame = 2;

interface FedWindow {
  readonly feeding: Feeding;
}

/** A page in which one of the renderers draws a growing answer. */
export interface RendererPage {
  /** Makes the answer as long as this at once; it is not measured. */
  fill(length: number): Promise<void>;
  /** Lets so many deltas more arrive; the CPU of the main thread for each of them in ms, layout and paint included. */
  measure(deltas: number): Promise<number>;
  /** Lets so many deltas more arrive; the longest task of the main thread meanwhile, in ms of CPU. */
  longestTask(deltas: number): Promise<number>;
  close(): Promise<void>;
}

/** The code for the page, built once. */
export async function buildRenderers(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [inRepository('test/bench/page/feed.ts')],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  return outputFiles[0]?.text ?? '';
}

export async function openRenderer(
  browser: Browser,
  code: string,
  name: RendererName,
  answer: string,
): Promise<RendererPage> {
  const opened = name === 'ours' ? await openPanel(browser) : await openEmpty(browser);
  const { page } = opened;
  const session = await page.context().newCDPSession(page);
  await session
    .send('Performance.enable', { timeDomain: 'threadTicks' })
    .catch(() => session.send('Performance.enable'));
  await page.evaluate(code);
  await page.evaluate((renderer) => (window as unknown as FedWindow).feeding.begin(renderer), name);
  let at = 0;

  async function taskTime(): Promise<number> {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? NaN) * 1000;
  }

  async function feed(deltas: number): Promise<void> {
    const frames = Array.from({ length: deltas / perFrame }, () => {
      // The chat page gets one message a frame; the others draw each delta as it comes.
      const size = name === 'ours' || name === 'floor' ? delta * perFrame : delta;
      const texts: string[] = [];
      for (let left = delta * perFrame; left > 0; left -= size) texts.push(answer.slice(at, (at += size)));
      return texts;
    });
    await page.evaluate((all) => (window as unknown as FedWindow).feeding.feed(all), frames);
  }

  return {
    async fill(length) {
      const text = answer.slice(at, length);
      at = length;
      await page.evaluate((more) => (window as unknown as FedWindow).feeding.fill(more), text);
    },
    async measure(deltas) {
      const before = await taskTime();
      await feed(deltas);
      return ((await taskTime()) - before) / deltas;
    },
    longestTask: (deltas) => longestTaskWhile(browser, () => feed(deltas)),
    close: () => opened.close(),
  };
}

async function openEmpty(browser: Browser): Promise<{ readonly page: Page; close(): Promise<void> }> {
  const context = await browser.newContext({
    viewport: { width: 420, height: 640 },
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  return { page, close: () => context.close() };
}
