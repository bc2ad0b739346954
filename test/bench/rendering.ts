import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/chromium';
import { informationOf, lineOf, type BenchLine } from './line';
import { mixedAnswer, openFence } from './long-answers';
import type { RendererName } from './page/feed';
import { median } from './quantile';
import { buildRenderers, openRenderer, type RendererPage } from './renderers';

/*
 * An answer grows in headless Chromium by deltas of 4 characters, two per frame. Chromium itself measures how long the
 * main thread is busy with script, style, layout and paint. The panel is the built one with its content security
 * policy, and receives the messages of the host, one per frame. The baseline appends the text to its last line, also
 * once per frame. The peers use the libraries and methods of other extensions, and render each delta as those do.
 *
 * A complete answer of 200 KB takes seven minutes at this pace. Therefore it is measured at a few positions; the text
 * before each of them is added at once. The peers, and the panel compared with them, are measured at the end of the
 * answer only, where they spend the most time. Renderers that are compared take turns.
 */

const POSITIONS = 4;
const DELTAS = 80;
const ROUNDS = 3;
/** Fewer, because a peer may need a third of a second for each delta. */
const PEER_DELTAS = 30;

const peers = [
  { renderer: 'twinny', name: 'twinny', goal: 50 },
  { renderer: 'genie', name: 'Genie', goal: 40 },
  { renderer: 'continue', name: 'Continue', goal: 10 },
] as const;

/** CPU time per delta, and the longest task of the panel, in ms of CPU time. */
interface Comparison {
  readonly panel: number;
  readonly baseline: number;
  readonly longest: number;
}

export async function benchRendering(): Promise<readonly BenchLine[]> {
  const browser = await launchBrowser();
  try {
    const code = await buildRenderers();
    const compare = (answer: string): Promise<Comparison> => compareOver(browser, code, answer);
    const [short, middle, long] = [
      await compare(mixedAnswer(5)),
      await compare(mixedAnswer(50)),
      await compare(mixedAnswer(200)),
    ];
    const fence = await compare(openFence(50));
    return [
      ratioLine('a mixed answer of 5 KB', short),
      ratioLine('a mixed answer of 50 KB', middle, { goal: 1.2, limit: 2.5 }),
      ratioLine('a mixed answer of 200 KB', long, { goal: 0.7, limit: 1.2 }),
      ratioLine('one open fence of 50 KB', fence, { goal: 1, limit: 2 }),
      growthLine(short, long),
      longestLine([short, middle, long, fence]),
      ...(await comparePeers(browser, code)),
    ];
  } finally {
    await browser.close();
  }
}

/** The medians of several rounds in which both renderers take turns. */
async function compareOver(browser: Browser, code: string, answer: string): Promise<Comparison> {
  const results = { panel: [] as number[], baseline: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const renderer of ['panel', 'baseline'] as const) {
      results[renderer].push(
        await measureThroughout(browser, code, renderer, answer, (page) => page.measure(DELTAS), mean),
      );
    }
  }
  // Measured separately, because tracing costs CPU time too.
  const longest = await measureThroughout(
    browser,
    code,
    'panel',
    answer,
    (page) => page.longestTask(DELTAS),
    (values) => Math.max(...values),
  );
  return { panel: median(results.panel), baseline: median(results.baseline), longest };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Measures at several positions of an answer, and combines the results. */
async function measureThroughout(
  browser: Browser,
  code: string,
  renderer: RendererName,
  answer: string,
  measure: (page: RendererPage) => Promise<number>,
  combine: (values: readonly number[]) => number,
): Promise<number> {
  const page = await openRenderer(browser, code, renderer, answer);
  try {
    const results: number[] = [];
    for (let position = 1; position <= POSITIONS; position++) {
      await page.fill(Math.floor((answer.length * position) / POSITIONS) - DELTAS * 4);
      results.push(await measure(page));
    }
    return combine(results);
  } finally {
    await page.close();
  }
}

async function comparePeers(browser: Browser, code: string): Promise<readonly BenchLine[]> {
  const answer = mixedAnswer(50);
  const panelTime = await measureAtEnd(browser, code, 'panel', answer, DELTAS * POSITIONS);
  const lines: BenchLine[] = [];
  for (const { renderer, name, goal } of peers) {
    const perDelta = await measureAtEnd(browser, code, renderer, answer, PEER_DELTAS);
    const ratio = perDelta / panelTime;
    const label = `Rendering the end of 50 KB with the libraries of ${name}, compared with the panel (${perDelta.toFixed(1)} ms of CPU per delta)`;
    lines.push(lineOf('P4', label, ratio, { goal, limit: goal, unit: ' times', digits: 0, better: 'more' }));
  }
  return lines;
}

async function measureAtEnd(
  browser: Browser,
  code: string,
  renderer: RendererName,
  answer: string,
  deltas: number,
): Promise<number> {
  const page = await openRenderer(browser, code, renderer, answer);
  try {
    await page.fill(answer.length - deltas * 4);
    return await page.measure(deltas);
  } finally {
    await page.close();
  }
}

function ratioLine(
  label: string,
  { panel, baseline }: Comparison,
  bounds?: { readonly goal: number; readonly limit: number },
): BenchLine {
  const ratio = panel / baseline;
  const text = `CPU time of rendering ${label}, ${panel.toFixed(2)} ms per delta, compared with appending its lines`;
  return bounds
    ? lineOf('P1', text, ratio, { ...bounds, unit: ' times' })
    : informationOf('P1', text, `${ratio.toFixed(2)} times`);
}

/** The exponent with which the cost of a delta grows with the length of the answer. */
function growthLine(short: Comparison, long: Comparison): BenchLine {
  const exponent = (renderer: 'panel' | 'baseline'): number =>
    Math.log(long[renderer] / short[renderer]) / Math.log(200 / 5);
  const [panel, baseline] = [exponent('panel'), exponent('baseline')];
  const label = `Growth of CPU time from 5 to 200 KB, exponent ${panel.toFixed(2)} compared with ${baseline.toFixed(2)}`;
  return lineOf('P2', label, panel - baseline, { goal: 0.05, limit: 0.05, unit: ' more' });
}

function longestLine(comparisons: readonly Comparison[]): BenchLine {
  const longest = Math.max(...comparisons.map(({ longest }) => longest));
  return lineOf('P3', 'Longest task while an answer of up to 200 KB is rendered', longest, {
    goal: 33,
    limit: 50,
    unit: ' ms of CPU',
    digits: 0,
  });
}
