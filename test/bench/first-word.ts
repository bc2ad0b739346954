import { chatPage } from '../e2e/chat-page';
import { openWindow } from '../support/window';
import type { BenchLine } from './line';
import { median, quantile } from './quantile';

const questions = 50;
/** Milliseconds from the first content byte to its text, at the median. */
const limit = 50;

interface WatchedWindow {
  firstWords: number[];
}

export async function benchFirstWord(): Promise<readonly BenchLine[]> {
  const delays = await firstWordDelays();
  const [half, slow] = [median(delays), quantile(delays, 0.9)];
  const text =
    `First content byte to its text in the DOM, ${delays.length} answers: ` +
    `median ${half.toFixed(1)} ms (limit ${limit} ms), nine in ten within ${slow.toFixed(1)} ms`;
  return [{ text, reached: half <= limit }];
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
