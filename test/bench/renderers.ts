import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { inRepository } from '../support/paths';
import { openPanel } from '../support/panel-page';
import type { RendererFeed, RendererName } from './page/feed';
import { longestTaskWhile } from '../support/tracing';

/** Length of a delta in characters. */
const DELTA_LENGTH = 4;
/** Deltas per frame, which makes about 120 per second. */
const DELTAS_PER_FRAME = 2;

interface FeedWindow {
  readonly rendererFeed: RendererFeed;
}

/** A page in which one of the renderers shows a growing answer. */
export interface RendererPage {
  /** Extends the answer to this length at once, without measuring. */
  fill(length: number): Promise<void>;
  /** Adds deltas, and returns the CPU time of the main thread per delta, including layout and paint, in ms. */
  measure(deltas: number): Promise<number>;
  /** Adds deltas, and returns the longest task of the main thread, in ms of CPU time. */
  longestTask(deltas: number): Promise<number>;
  close(): Promise<void>;
}

/** Builds the code of the page. */
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
  const opened = name === 'panel' ? await openPanel(browser) : await openEmpty(browser);
  const { page } = opened;
  // In each frame, a browser looks for what is below the pointer, if it knows where that is.
  await page.mouse.move(1, 1);
  const session = await page.context().newCDPSession(page);
  await session
    .send('Performance.enable', { timeDomain: 'threadTicks' })
    .catch(() => session.send('Performance.enable'));
  await page.evaluate(code);
  await page.evaluate((renderer) => (window as unknown as FeedWindow).rendererFeed.begin(renderer), name);
  let length = 0;

  async function taskTime(): Promise<number> {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find((metric) => metric.name === 'TaskDuration')?.value ?? NaN) * 1000;
  }

  async function feed(deltas: number): Promise<void> {
    const frames = Array.from({ length: deltas / DELTAS_PER_FRAME }, () => {
      // The panel receives one message per frame; the peers render each delta at once.
      const size = name === 'panel' || name === 'baseline' ? DELTA_LENGTH * DELTAS_PER_FRAME : DELTA_LENGTH;
      const texts: string[] = [];
      for (let remaining = DELTA_LENGTH * DELTAS_PER_FRAME; remaining > 0; remaining -= size)
        texts.push(answer.slice(length, (length += size)));
      return texts;
    });
    await page.evaluate((all) => (window as unknown as FeedWindow).rendererFeed.feed(all), frames);
  }

  return {
    async fill(newLength) {
      const text = answer.slice(length, newLength);
      length = newLength;
      await page.evaluate((added) => (window as unknown as FeedWindow).rendererFeed.fill(added), text);
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
