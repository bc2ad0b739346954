import { runInTimeSlices } from '../../rendering/scheduler';
import { codeLines } from './code-lines';
import type { Colours, Plain } from './highlight-worker';
import { redrawMarks } from './hidden-character-marks';
import { keepSelection } from '../../ui/selection';

/** Milliseconds after which code stays plain: a hostile one can make a grammar's time grow with the square of it. */
const limit = 2000;

let worker: Worker | undefined;
/** One after the other, so that the time of one is not another's. */
let last: Promise<unknown> = Promise.resolve();

/** Colours code, where its language is known; its text stays the same. */
export function highlight(code: HTMLElement, language: string): void {
  const plain = { code: code.textContent, language };
  if (language === '' || plain.code === '') return;
  last = last.then(async () => {
    const colours = await colour(plain);
    if (colours && code.textContent === plain.code) apply(code, colours);
  });
}

/** Nothing where the language is unknown, or time was up. */
async function colour(plain: Plain): Promise<Colours | undefined> {
  const used = (worker ??= await start());
  return new Promise((resolve) => {
    function settle(colours: Colours | undefined, reuse: boolean): void {
      clearTimeout(timer);
      if (!reuse) {
        used.terminate();
        worker = undefined;
      }
      resolve(colours);
    }
    const timer = setTimeout(() => settle(undefined, false), limit);
    used.onmessage = ({ data }: MessageEvent<Colours | undefined>) => settle(data, true);
    used.onerror = () => settle(undefined, false);
    used.postMessage(plain);
  });
}

/** From a blob: to a page of a webview, a file of the extension is of another origin. */
async function start(): Promise<Worker> {
  const { default: source } = await import('./highlight-worker?worker');
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const started = new Worker(address);
  URL.revokeObjectURL(address);
  return started;
}

/** Part by part, each with elements of our own making: nothing of what came is HTML. */
function apply(code: HTMLElement, { lengths, classOf, classes }: Colours): void {
  const parts = codeLines(code).values();
  let [run, used] = [0, 0];
  runInTimeSlices(() => {
    const { value: part, done } = parts.next();
    if (done) return false;
    const text = part.textContent;
    const coloured = document.createDocumentFragment();
    for (let at = 0; at < text.length && run < lengths.length;) {
      const end = Math.min(text.length, at + (lengths[run] ?? 0) - used);
      coloured.append(piece(text.slice(at, end), classes[classOf[run] ?? 0] ?? ''));
      used += end - at;
      at = end;
      if (used === lengths[run]) [run, used] = [run + 1, 0];
    }
    keepSelection(part, () => {
      part.replaceChildren(coloured);
      redrawMarks(part);
    });
    return true;
  });
}

function piece(text: string, name: string): Node | string {
  if (name === '') return text;
  const span = document.createElement('span');
  span.className = name;
  span.textContent = text;
  return span;
}
