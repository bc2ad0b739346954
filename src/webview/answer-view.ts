import type { Usage } from '../core/api';
import type { AnswerView, StatusView } from '../protocol/messages';
import { element } from './dom';
import { createMarkdownStream } from './markdown/stream';
import { problemCard } from './problem-card';

/** An answer on the page. */
export interface DrawnAnswer {
  readonly element: HTMLElement;
  addText(text: string): void;
  addReasoning(text: string): void;
  setStatus(status: StatusView): void;
  setUsage(usage: Usage): void;
}

export function drawAnswer({ text, reasoning, status, usage }: AnswerView): DrawnAnswer {
  const thoughts = element('div', { class: 'thoughts' });
  const thinking = element('details', { hidden: '' }, element('summary', {}, 'Thoughts'), thoughts);
  const stream = createMarkdownStream(element('div', { class: 'markdown' }));
  const outcome = element('div', { class: 'outcome' });
  const tokens = element('div', { class: 'tokens' });

  /** A text that has ended is drawn once, as a whole. */
  function show(next: StatusView, rest = ''): void {
    if (next.kind === 'running') stream.append(rest);
    else stream.finish(rest);
    outcome.replaceChildren(...remarks(next));
  }

  const answer: DrawnAnswer = {
    element: element(
      'article',
      { 'aria-label': 'o1-mini', class: 'answer' },
      thinking,
      stream.element,
      outcome,
      tokens,
    ),
    addText: (added) => stream.append(added),
    addReasoning(added) {
      thoughts.append(added);
      thinking.hidden = false;
    },
    setStatus: (next) => show(next),
    setUsage: (next) => (tokens.textContent = usageWords(next)),
  };
  if (reasoning) answer.addReasoning(reasoning);
  show(status, text);
  if (usage) answer.setUsage(usage);
  return answer;
}

function remarks(status: StatusView): readonly HTMLElement[] {
  switch (status.kind) {
    case 'running':
      return [];
    case 'done':
      return status.remark === undefined ? [] : [element('p', { class: 'remark' }, status.remark)];
    case 'stopped':
      return [element('p', { class: 'remark' }, 'Stopped')];
    case 'incomplete':
    case 'failed':
      return [problemCard(status.problem)];
  }
}

/** Tokens as the service reports them. */
function usageWords({ promptTokens, completionTokens, reasoningTokens }: Usage): string {
  const counts = [
    { count: promptTokens, of: 'prompt' },
    { count: completionTokens, of: 'completion' },
    { count: reasoningTokens, of: 'reasoning' },
  ];
  const words = counts.flatMap(({ count, of }) =>
    count === undefined ? [] : [`${count.toLocaleString()} ${of}`],
  );
  return words.length === 0 ? '' : `${words.join(' · ')} tokens`;
}
