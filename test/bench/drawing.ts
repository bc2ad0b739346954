import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/chromium';
import { informationOf, lineOf, type BenchLine } from './line';
import { mixedAnswer, openFence } from './long-answers';
import type { RendererName } from './page/feed';
import { median } from './quantile';
import { buildRenderers, openRenderer, type RendererPage } from './renderers';

/*
 * An answer grows in headless Chromium by deltas of 4 characters, two in each frame, and the time that the
 * main thread is busy is counted by Chromium itself: script, style, layout and paint. Ours is the built panel
 * under its policy, told by the host's messages, one a frame. The floor adds the text to the line it is in,
 * once a frame too. The others are the ways of peers, with their libraries, and draw each delta, as they do.
 *
 * A whole answer of 200 KB takes seven minutes at this pace. So it is measured at five places of it, a fifth of
 * its length apart, with what is before put there at once; of the peers, and of ours beside them, at its end
 * alone, where they spend most. Ways that are compared take turns.
 */

const places = 4;
const deltasAtPlace = 80;
const rounds = 3;
/** Each delta may take a peer a third of a second. */
const deltasOfPeers = 30;

const peers = [
  { renderer: 'twinny', name: "twinny's", times: 50 },
  { renderer: 'genie', name: "Genie's", times: 40 },
  { renderer: 'continued', name: "Continue's", times: 10 },
] as const;

/** CPU of each delta in ms, and the longest task of ours in ms of CPU. */
interface Comparison {
  readonly ours: number;
  readonly floor: number;
  readonly longest: number;
}

export async function benchDrawing(): Promise<readonly BenchLine[]> {
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
      ratioLine('a mixed answer of 50 KB', middle, { goal: 1.2, limit: 1.7 }),
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

/** The medians of some rounds, in which both ways take turns. */
async function compareOver(browser: Browser, code: string, answer: string): Promise<Comparison> {
  const found = { ours: [] as number[], floor: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    for (const renderer of ['ours', 'floor'] as const) {
      found[renderer].push(
        await overWhole(browser, code, renderer, answer, (page) => page.measure(deltasAtPlace), mean),
      );
    }
  }
  // In a pass of its own, as tracing costs CPU too.
  const longest = await overWhole(
    browser,
    code,
    'ours',
    answer,
    (page) => page.longestTask(deltasAtPlace),
    (all) => Math.max(...all),
  );
  return { ours: median(found.ours), floor: median(found.floor), longest };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Measures at some places of an answer, and sums up what was found there. */
async function overWhole(
  browser: Browser,
  code: string,
  renderer: RendererName,
  answer: string,
  measure: (page: RendererPage) => Promise<number>,
  sumUp: (values: readonly number[]) => number,
): Promise<number> {
  const page = await openRenderer(browser, code, renderer, answer);
  try {
    const found: number[] = [];
    for (let place = 1; place <= places; place++) {
      await page.fill(Math.floor((answer.length * place) / places) - deltasAtPlace * 4);
      found.push(await measure(page));
    }
    return sumUp(found);
  } finally {
    await page.close();
  }
}

async function comparePeers(browser: Browser, code: string): Promise<readonly BenchLine[]> {
  const answer = mixedAnswer(50);
  const own = await atEnd(browser, code, 'ours', answer, deltasAtPlace * places);
  const lines: BenchLine[] = [];
  for (const { renderer, name, times } of peers) {
    const perDelta = await atEnd(browser, code, renderer, answer, deltasOfPeers);
    const ratio = perDelta / own;
    const what = `Drawing the end of 50 KB in ${name} way, against ours (${perDelta.toFixed(1)} ms of CPU per delta)`;
    lines.push(
      lineOf('P4', what, ratio, { goal: times, limit: times, unit: ' times', digits: 0, better: 'more' }),
    );
  }
  return lines;
}

async function atEnd(
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
  what: string,
  { ours, floor }: Comparison,
  bounds?: { readonly goal: number; readonly limit: number },
): BenchLine {
  const ratio = ours / floor;
  const text = `CPU of drawing ${what}, ${ours.toFixed(2)} ms per delta, against appending its lines`;
  return bounds
    ? lineOf('P1', text, ratio, { ...bounds, unit: ' times' })
    : informationOf('P1', text, `${ratio.toFixed(2)} times`);
}

/** The exponent with which the cost of a delta grows with the length of the answer. */
function growthLine(short: Comparison, long: Comparison): BenchLine {
  const exponent = (renderer: 'ours' | 'floor'): number =>
    Math.log(long[renderer] / short[renderer]) / Math.log(200 / 5);
  const [ours, floor] = [exponent('ours'), exponent('floor')];
  const what = `Growth of that from 5 to 200 KB, exponent ${ours.toFixed(2)} against ${floor.toFixed(2)}`;
  return lineOf('P2', what, ours - floor, { goal: 0.05, limit: 0.05, unit: ' more' });
}

function longestLine(all: readonly Comparison[]): BenchLine {
  const longest = Math.max(...all.map(({ longest }) => longest));
  return lineOf('P3', 'Longest task while an answer of up to 200 KB is drawn', longest, {
    goal: 33,
    limit: 50,
    unit: ' ms of CPU',
    digits: 0,
  });
}
