import { t } from '@vscode/l10n';
import type { AttachmentView, TurnView } from '../../protocol/messages';
import { drawAnswer, type DrawnAnswer } from './answer-view';
import { copyButton } from '../ui/buttons';
import { element, icon } from '../ui/dom';
import type { Edits } from './question-editor';
import { post } from '../host';
import { drawCodeBlocks } from '../markdown/code/code-blocks';
import { createMarkdownStream } from '../markdown/stream';
import type { OnApproachViewport } from '../rendering/viewport';
import { drawQuestion, type DrawnQuestion } from './question-view';

/** A question and its answer on the page. */
export interface DrawnTurn {
  readonly element: HTMLElement;
  readonly question: DrawnQuestion;
  readonly answer: DrawnAnswer;
}

/** @param drawing how an answer that has ended is drawn */
export function drawTurn(view: TurnView, drawing: 'whole' | OnApproachViewport, edits: Edits): DrawnTurn {
  const { id, attachments, answer, earlier } = view;
  const question = drawQuestion(view, attachments.map(drawAttachment), edits, drawing);
  const drawn = drawAnswer(answer, drawing, {
    choose: (choice) => post({ type: 'selectChoice', turnId: id, choice }),
    copy: () => post({ type: 'copyAnswer', turnId: id }),
  });
  return {
    element: element(
      'section',
      { class: 'turn', 'data-turn': id },
      question.element,
      ...earlier.map(drawEarlier),
      drawn.element,
    ),
    question,
    answer: drawn,
  };
}

/** What went with a question. */
function drawAttachment({ label, language, content }: AttachmentView): HTMLElement {
  const name = language === '' ? label : `${label} · ${language}`;
  return folded('context', [icon('code'), name], () => {
    const block = element('div', { class: 'code-block', 'data-language': language });
    block.append(element('pre', {}, element('code', {}, content)));
    const body = element('div', {}, block);
    drawCodeBlocks(body);
    return body;
  });
}

/** What the question was answered with before it was asked again. */
function drawEarlier(text: string): HTMLElement {
  return folded('earlier', [t('Earlier answer')], () => {
    const stream = createMarkdownStream(element('div', { class: 'markdown' }));
    stream.finish(text);
    const copy = copyButton(t('Copy Answer'), () => post({ type: 'copy', text }));
    return element('div', {}, stream.element, copy);
  });
}

/** Something that may be long, drawn only when someone wants to see it. */
function folded(name: string, summary: readonly (Node | string)[], draw: () => HTMLElement): HTMLElement {
  const details = element('details', { class: name }, element('summary', {}, ...summary));
  details.addEventListener('toggle', () => details.append(draw()), { once: true });
  return details;
}

/** A turn as plain text, for the case that drawing it has failed: nothing of it is lost, and more of it can come. */
export function drawPlainTurn({ id, question, answer }: TurnView): DrawnTurn {
  const text = element('div', { class: 'unread' }, answer.choices[answer.chosen]?.text ?? '');
  const asked = element('article', { 'aria-label': t('You'), class: 'question' }, element('p', {}, question));
  const answered = element('article', { 'aria-label': 'o1-mini', class: 'answer' }, text);
  return {
    element: element('section', { class: 'turn', 'data-turn': id }, asked, answered),
    question: { element: asked, refresh: ignore, setRunning: ignore },
    answer: {
      element: answered,
      add(type, choice, added) {
        if (type === 'textAdded' && choice === answer.chosen) text.append(added);
      },
      setStatus: ignore,
      setChosen: ignore,
      setDetails: ignore,
    },
  };
}

/** There is nothing but text. */
function ignore(): void {}
