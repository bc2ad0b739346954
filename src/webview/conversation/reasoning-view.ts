import { t } from '@vscode/l10n';
import { createMarkdownStream, type MarkdownStream } from '../markdown/markdown-stream';
import { defer, markRendered } from '../rendering/deferred';
import { element } from '../ui/dom';

/** The reasoning of an answer. It is collapsed, and rendered when it is first opened. */
export interface ReasoningView {
  readonly element: HTMLDetailsElement;
  add(text: string): void;
  /** Shows the end of the reasoning so far beside its label while it is collapsed, or hides it. */
  setThinking(thinking: boolean): void;
  /** Renders the reasoning as complete. Text that is added later continues it. */
  finish(): void;
}

/** Characters at the end of the reasoning that are read for its last line. */
const TAIL_LENGTH = 400;

export function createReasoningView(): ReasoningView {
  const lastLine = element('bdi');
  const live = element('span', { class: 'reasoning-line', 'aria-hidden': 'true' }, lastLine);
  const body = element('div', { class: 'reasoning' });
  const label = element('span', {}, t('Reasoning'));
  const details = element(
    'details',
    { class: 'reasoning-details' },
    element('summary', {}, label, live),
    body,
  );
  let text = '';
  let isComplete = false;
  let stream: MarkdownStream | undefined;

  function render(): void {
    if (stream) return;
    markRendered(body);
    stream = createMarkdownStream(element('div', { class: 'markdown' }), 'copy');
    body.append(stream.element);
    if (isComplete) stream.finish(text);
    else stream.append(text);
  }

  // Find opens it, too.
  defer(body, { text: () => text, render });
  details.addEventListener('toggle', render);
  live.hidden = true;
  return {
    element: details,
    add(added) {
      text += added;
      isComplete = false;
      stream?.append(added);
    },
    setThinking(thinking) {
      live.hidden = !thinking;
      if (thinking) lastLine.textContent = lastLineOf(text);
    },
    finish() {
      isComplete = true;
      stream?.finish();
    },
  };
}

/** The last line that has any text, without the marks of Markdown. */
function lastLineOf(text: string): string {
  const lines = text.slice(-TAIL_LENGTH).split('\n');
  const last = lines.findLast((line) => /[\p{L}\p{N}]/u.test(line)) ?? '';
  return last.replace(/^[\s#>+-]+|[*`]|__/g, '').trim();
}
