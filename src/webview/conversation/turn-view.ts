import { t } from '@vscode/l10n';
import type { AttachmentView, SummaryView, TurnView } from '../../protocol/messages';
import { renderAnswer, type RenderedAnswer } from './answer-view';
import { copyButton } from '../ui/buttons';
import { element, icon } from '../ui/dom';
import type { Edits } from './question-editor';
import { post } from '../host';
import { renderCodeBlocks } from '../markdown/code/code-blocks';
import { defer, deferredPart, markRendered } from '../rendering/deferred';
import { createMarkdownStream } from '../markdown/markdown-stream';
import type { OnApproachViewport } from '../rendering/viewport';
import { renderQuestion, type RenderedQuestion } from './question-view';
import { renderSummary, type RenderedSummary } from './summary-view';

/** A question and its answer in the panel. */
export interface RenderedTurn {
  readonly element: HTMLElement;
  readonly question: RenderedQuestion;
  readonly answer: RenderedAnswer;
  /** The summary below the turn, if it has one. */
  readonly summary: RenderedSummary | undefined;
  setSummary(summary: SummaryView | undefined): void;
  /** While an answer is in progress, neither the question nor the summary can be changed. */
  setRunning(running: boolean): void;
}

/** @param mode how a complete answer is rendered */
export function renderTurn(
  view: TurnView,
  mode: 'complete' | OnApproachViewport,
  edits: Edits,
): RenderedTurn {
  const { id, attachments, answer, earlier } = view;
  const question = renderQuestion(view, attachments.map(renderAttachment), edits, mode);
  const rendered = renderAnswer(answer, mode, {
    label: 'o1-mini',
    className: 'answer',
    choose: (choice) => post({ type: 'selectChoice', turnId: id, choice }),
    copy: () => post({ type: 'copyAnswer', turnId: id }),
    regenerate: () => post({ type: 'retry' }),
  });
  const root = element(
    'section',
    { class: 'turn', 'data-turn': id },
    question.element,
    ...earlier.map((text) => renderEarlier(t('Earlier answer'), text)),
    rendered.element,
  );
  const below = element('div');
  root.append(below);
  let summary: RenderedSummary | undefined;
  let isRunning = false;

  function setSummary(next: SummaryView | undefined): void {
    summary = next && renderSummary(next, mode, edits);
    summary?.setRunning(isRunning);
    const others = (next?.earlier ?? []).map((text) => renderEarlier(t('Earlier summary'), text));
    below.replaceChildren(...others, ...(summary ? [summary.element] : []));
  }

  setSummary(view.summary);
  return {
    element: root,
    question,
    answer: rendered,
    get summary() {
      return summary;
    },
    setSummary,
    setRunning(running) {
      isRunning = running;
      question.setRunning(running);
      summary?.setRunning(running);
    },
  };
}

/** An attachment of a question, with its content as it was sent. */
function renderAttachment({ label, language, content }: AttachmentView): HTMLElement {
  const name = language === '' ? label : `${label} · ${language}`;
  return collapsed('question-attachment', [icon('code'), name], content, (body) => {
    const block = element('div', { class: 'code-block', 'data-language': language });
    block.append(element('pre', {}, element('code', {}, content)));
    body.append(block);
    renderCodeBlocks(body);
  });
}

/** An answer that was replaced when it was regenerated, or a summary that was replaced by another one. */
function renderEarlier(label: string, text: string): HTMLElement {
  return collapsed('earlier-answer', [label], text, (body) => {
    const stream = createMarkdownStream(element('div', { class: 'markdown' }));
    stream.finish(text);
    const copy = copyButton(t('Copy Answer'), () => post({ type: 'copy', text }));
    body.append(stream.element, copy);
  });
}

/**
 * A collapsed section, whose content is rendered when it is first opened.
 *
 * @param text its text, in which Find searches until then
 */
function collapsed(
  name: string,
  summary: readonly (Node | string)[],
  text: string,
  render: (body: HTMLElement) => void,
): HTMLElement {
  const body = element('div', { class: 'collapsed-content' });
  const details = element('details', { class: name }, element('summary', {}, ...summary), body);

  function renderOnce(): void {
    if (!deferredPart(body)) return;
    markRendered(body);
    render(body);
  }

  defer(body, { text: () => text, render: renderOnce });
  details.addEventListener('toggle', renderOnce);
  return details;
}

/** Renders a turn as plain text, if rendering it otherwise has failed. An answer in progress continues in it. */
export function renderPlainTurn({ id, question, answer }: TurnView): RenderedTurn {
  const text = element('div', { class: 'markdown-source' }, answer.choices[answer.chosen]?.text ?? '');
  const questionArticle = element(
    'article',
    { 'aria-label': t('You'), class: 'question' },
    element('p', {}, question),
  );
  const answerArticle = element('article', { 'aria-label': 'o1-mini', class: 'answer' }, text);
  return {
    element: element('section', { class: 'turn', 'data-turn': id }, questionArticle, answerArticle),
    question: { element: questionArticle, refresh: ignore, setRunning: ignore },
    answer: {
      element: answerArticle,
      add(type, choice, added) {
        if (type === 'textAdded' && choice === answer.chosen) text.append(added);
      },
      setStatus: ignore,
      setChosen: ignore,
      setDetails: ignore,
    },
    summary: undefined,
    setSummary: ignore,
    setRunning: ignore,
  };
}

/** For what a plain turn does not show. */
function ignore(): void {}
