import { runInTimeSlices } from '../../rendering/scheduler';
import { createTimeLimitedWorker } from '../../rendering/time-limited-worker';
import { partsOfCode } from './code-lines';
import type { HighlightResult, HighlightRequest } from './highlight-worker';
import { restoreMarks } from './hidden-character-marks';
import { keepSelection } from '../../ui/selection';

const worker = createTimeLimitedWorker<HighlightRequest, HighlightResult>(
  () => import('./highlight-worker?worker'),
);

/** Highlights code if the worker has a grammar for the language. The text of the code does not change. */
export function highlight(code: HTMLElement, language: string): void {
  const request = { code: code.textContent, language };
  if (language === '' || request.code === '') return;
  worker
    .run(request)
    .then((result) => {
      if (result && code.textContent === request.code) apply(code, result);
    })
    // The next block loads the worker again.
    .catch(reportError);
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
