import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/chromium';
import type { BenchLine } from './line';
import { mixedAnswer, openFence } from './long-answers';
import type { WayName } from './page/feed';
import { buildWays, openWay, type Cost } from './ways';

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
const rounds = 2;
/** Each delta may take a peer a third of a second. */
const deltasOfPeers = 30;

/** Times the floor. */
const limits = { mixed: 1.5, fence: 3 };
const targets = { 50: 1.3, 200: 1 };
const growthLimit = 0.05;
/** Milliseconds of a task. */
const longestLimit = 50;
const peers = [
  { way: 'twinny', name: "twinny's", times: 50 },
  { way: 'genie', name: "Genie's", times: 40 },
  { way: 'continued', name: "Continue's", times: 10 },
] as const;

interface Comparison {
  readonly ours: Cost;
  readonly floor: Cost;
}

export async function benchDrawing(): Promise<readonly BenchLine[]> {
  const browser = await launchBrowser();
  try {
    const code = await buildWays();
    const compare = (answer: string): Promise<Comparison> => compareOver(browser, code, answer);
    const [short, middle, long] = [
      await compare(mixedAnswer(5)),
      await compare(mixedAnswer(50)),
      await compare(mixedAnswer(200)),
    ];
    const fence = await compare(openFence(50));
    return [
      ratioLine('a mixed answer of 5 KB', short),
      ratioLine('a mixed answer of 50 KB', middle, limits.mixed, targets[50]),
      ratioLine('a mixed answer of 200 KB', long, limits.mixed, targets[200]),
      ratioLine('one open fence of 50 KB', fence, limits.fence),
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
  const found: { readonly ours: Cost[]; readonly floor: Cost[] } = { ours: [], floor: [] };
  for (let round = 0; round < rounds; round++) {
    for (const way of ['ours', 'floor'] as const)
      found[way].push(await overWhole(browser, code, way, answer));
  }
  return { ours: summary(found.ours), floor: summary(found.floor) };
}

function summary(costs: readonly Cost[]): Cost {
  return {
    perDelta: costs.reduce((sum, { perDelta }) => sum + perDelta, 0) / costs.length,
    longest: Math.max(...costs.map(({ longest }) => longest)),
  };
}

/** The mean of some places of an answer. */
async function overWhole(browser: Browser, code: string, way: WayName, answer: string): Promise<Cost> {
  const page = await openWay(browser, code, way, answer);
  try {
    const costs: Cost[] = [];
    for (let place = 1; place <= places; place++) {
      await page.fill(Math.floor((answer.length * place) / places) - deltasAtPlace * 4);
      costs.push(await page.measure(deltasAtPlace));
    }
    return summary(costs);
  } finally {
    await page.close();
  }
}

async function comparePeers(browser: Browser, code: string): Promise<readonly BenchLine[]> {
  const answer = mixedAnswer(50);
  const own = await atEnd(browser, code, 'ours', answer, deltasAtPlace * places);
  const lines: BenchLine[] = [];
  for (const { way, name, times } of peers) {
    const { perDelta, longest } = await atEnd(browser, code, way, answer, deltasOfPeers);
    const ratio = perDelta / own.perDelta;
    lines.push({
      text:
        `Drawing the end of 50 KB in ${name} way: ${perDelta.toFixed(1)} ms per delta, longest task ` +
        `${longest.toFixed(0)} ms (${deltasOfPeers} deltas); in ours ${ratio.toFixed(0)} times less (limit ${times})`,
      reached: ratio >= times,
    });
  }
  return lines;
}

async function atEnd(
  browser: Browser,
  code: string,
  way: WayName,
  answer: string,
  deltas: number,
): Promise<Cost> {
  const page = await openWay(browser, code, way, answer);
  try {
    await page.fill(answer.length - deltas * 4);
    return await page.measure(deltas);
  } finally {
    await page.close();
  }
}

function ratioLine(what: string, { ours, floor }: Comparison, limit?: number, target?: number): BenchLine {
  const ratio = ours.perDelta / floor.perDelta;
  const aim = target === undefined ? '' : `, target ${target}${ratio <= target ? '' : ' missed'}`;
  const limited = limit === undefined ? '' : ` (limit ${limit}${aim})`;
  return {
    text:
      `Drawing ${what}: ${ours.perDelta.toFixed(2)} ms per delta, ${ratio.toFixed(2)} times the floor of ` +
      `${floor.perDelta.toFixed(2)} ms${limited}`,
    reached: limit === undefined || ratio <= limit,
  };
}

/** The exponent with which what a delta costs grows with the length of the answer. */
function growthLine(short: Comparison, long: Comparison): BenchLine {
  const exponent = (way: keyof Comparison): number =>
    Math.log(long[way].perDelta / short[way].perDelta) / Math.log(200 / 5);
  const [ours, floor] = [exponent('ours'), exponent('floor')];
  return {
    text:
      `Growth of that from 5 to 200 KB: exponent ${ours.toFixed(2)}, the floor's ${floor.toFixed(2)} ` +
      `(limit ${growthLimit} more)`,
    reached: ours <= floor + growthLimit,
  };
}

function longestLine(all: readonly Comparison[]): BenchLine {
  const longest = Math.max(...all.map(({ ours }) => ours.longest));
  const words = longest === 0 ? 'none of 50 ms' : `${longest.toFixed(0)} ms`;
  return {
    text: `Longest task while an answer of up to 200 KB is drawn: ${words} (limit ${longestLimit} ms)`,
    reached: longest <= longestLimit,
  };
}
