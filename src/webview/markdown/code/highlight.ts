import { runInTimeSlices } from '../../rendering/scheduler';
import { partsOfCode } from './code-lines';
import type { HighlightResult, HighlightRequest } from './highlight-worker';
import { restoreMarks } from './hidden-character-marks';
import { keepSelection } from '../../ui/selection';

/** Code that takes longer is not highlighted, because malicious code can make a grammar take quadratic time. */
const TIMEOUT_MS = 2000;

let worker: Worker | undefined;
/** The jobs run one after the other, so that each has the full time. */
let queue: Promise<unknown> = Promise.resolve();

/** Highlights code if the worker has a grammar for the language. The text of the code does not change. */
export function highlight(code: HTMLElement, language: string): void {
  const request = { code: code.textContent, language };
  if (language === '' || request.code === '') return;
  queue = queue
    .then(async () => {
      const result = await highlightInWorker(request);
      if (result && code.textContent === request.code) apply(code, result);
    })
    // The next block loads the worker again.
    .catch(reportError);
}

/** Returns undefined if the language is unknown or the time was exceeded. */
async function highlightInWorker(request: HighlightRequest): Promise<HighlightResult | undefined> {
  const active = (worker ??= await startWorker());
  return new Promise((resolve) => {
    function finish(result: HighlightResult | undefined, reuse: boolean): void {
      clearTimeout(timer);
      if (!reuse) {
        active.terminate();
        worker = undefined;
      }
      resolve(result);
    }
    const timer = setTimeout(() => finish(undefined, false), TIMEOUT_MS);
    active.onmessage = ({ data }: MessageEvent<HighlightResult | undefined>) => finish(data, true);
    active.onerror = () => finish(undefined, false);
    active.postMessage(request);
  });
}

/** Starts the worker from a blob, because a file of the extension has another origin than the webview. */
async function startWorker(): Promise<Worker> {
  const { default: source } = await import('./highlight-worker?worker');
  const address = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const started = new Worker(address);
  URL.revokeObjectURL(address);
  return started;
}

/** Replaces the parts of the code by spans. They are created as elements, because the result contains no HTML. */
function apply(code: HTMLElement, { lengths, classOf, classes }: HighlightResult): void {
  const parts = partsOfCode(code).values();
  let [run, active] = [0, 0];
  runInTimeSlices(() => {
    const { value: part, done } = parts.next();
    if (done) return false;
    const text = part.textContent;
    const fragment = document.createDocumentFragment();
    for (let at = 0; at < text.length && run < lengths.length;) {
      const end = Math.min(text.length, at + (lengths[run] ?? 0) - active);
      fragment.append(styled(text.slice(at, end), classes[classOf[run] ?? 0] ?? ''));
      active += end - at;
      at = end;
      if (active === lengths[run]) [run, active] = [run + 1, 0];
    }
    keepSelection(part, () => {
      part.replaceChildren(fragment);
      restoreMarks(part);
    });
    return true;
  });
}

function styled(text: string, name: string): Node | string {
  if (name === '') return text;
  const span = document.createElement('span');
  span.className = name;
  span.textContent = text;
  return span;
}
