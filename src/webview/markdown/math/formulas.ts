import { guard } from '../../ui/error-reporting';
import { runInTimeSlices } from '../../rendering/scheduler';
import { loadRendererFor, rendererFor, preloadKatex } from './katex';

/** Elements of formulas; those from index `next` on are not rendered yet. */
let queue: HTMLElement[] = [];
let next = 0;
let loading = false;
/** Whether the elements may not have been added to the page yet. */
let beingInserted = false;

/**
 * Renders the formulas in a part of an answer, which is in the page or is added to it in this task. Formulas for which this
 * task has no time are rendered in later tasks. Until then, and while KaTeX is loaded, their source is shown.
 */
export function renderFormulas(root: ParentNode): void {
  preloadKatex();
  queue.push(...root.querySelectorAll<HTMLElement>('.formula'));
  if (queue.length === 0 || loading) return;
  beingInserted = true;
  runInTimeSlices(renderNext);
  beingInserted = false;
}

/** Renders one formula. Returns false if there are no more, or if KaTeX must be loaded first. */
function renderNext(): boolean {
  const formula = queue[next];
  if (!formula) {
    [queue, next] = [[], 0];
    return false;
  }
  // The block of the formula may have been rendered again in the meantime.
  if (beingInserted || formula.isConnected) {
    const renderer = rendererFor(formula.textContent);
    if (!renderer) return load(formula.textContent);
    next++;
    guard('Rendering a formula', () => renderer(formula));
  } else {
    next++;
  }
  return true;
}

function load(source: string): false {
  loading = true;
  loadRendererFor(source)
    .catch((error: unknown) => {
      // The source of this formula stays visible, and the next formulas may need other code.
      next++;
      reportError(error);
    })
    .finally(() => (loading = false))
    .then(() => runInTimeSlices(renderNext))
    .catch(reportError);
  return false;
}
