import { statSync } from 'node:fs';
import { chatPage } from '../e2e/chat-page';
import { parseBlocks } from '../../src/webview/markdown/parser';
import { inRepository } from '../support/paths';
import { openWindow } from '../support/window';

const questions = 50;

interface WatchedWindow {
  firstWords: number[];
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
async function firstWordDelays(): Promise<readonly number[]> {
  const sent: number[] = [];
  const pace = { thinkingMs: 100, deltaMs: 5 };
  const w = await openWindow({ api: { pace, onFirstContent: (at) => sent.push(at) } });
  try {
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
  } finally {
    await w.close();
  }
}

/** How much longer a paragraph of formulas that are never closed takes to parse than one of plain words. */
function hostileMarkdownRatio(): number {
  const lines = 5000;
  const [plain = NaN, hostile = NaN] = ['n is prime\n', '\\[ x \\begin{align} $$\n'].map((line) => {
    const text = line.repeat(lines);
    parseBlocks(text, {});
    const start = performance.now();
    parseBlocks(text, {});
    return performance.now() - start;
  });
  return hostile / plain;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

function kilobytes(file: string): string {
  return `${(statSync(inRepository(file)).size / 1024).toFixed(1)} KB`;
}

/** Milliseconds from the first content byte to its text, at the median. */
const limit = 50;

/** The exit code: 1 where a figure is not reached. */
async function bench(): Promise<number> {
  console.log(`Code at activation: ${kilobytes('dist/extension.js')} (limit 100 KB)`);
  console.log(`The same for the web: ${kilobytes('dist/extension.web.js')} (limit 100 KB)`);
  console.log(`Panel script at its start: ${kilobytes('dist/webview/main.js')}`);
  console.log(
    `Markdown of formulas never closed, against plain lines: ${hostileMarkdownRatio().toFixed(1)} times as long`,
  );
  const delays = await firstWordDelays();
  const [median, slow] = [quantile(delays, 0.5), quantile(delays, 0.9)];
  console.log(
    `First content byte to its text in the DOM, ${delays.length} answers: ` +
      `median ${median.toFixed(1)} ms (limit ${limit} ms), nine in ten within ${slow.toFixed(1)} ms`,
  );
  return median <= limit ? 0 : 1;
}

bench().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
