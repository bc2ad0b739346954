import * as l10n from '@vscode/l10n';
import type { TurnView } from '../../protocol/messages';
import { isAvailable, setAvailable, iconButton } from '../ui/buttons';
import { element } from '../ui/dom';
import { type Edits, createQuestionEditor, type QuestionEditor } from './question-editor';
import { post } from '../host';
import { createMarkdownStream } from '../markdown/stream';
import type { OnApproachViewport } from '../rendering/viewport';
import { createToolbar } from '../ui/toolbar';
import { createVersionSwitch } from './version-switch';

/** A question on the page, which can be edited where it stands. */
export interface DrawnQuestion {
  readonly element: HTMLElement;
  /** While an answer is on its way, nothing can be asked. */
  setRunning(running: boolean): void;
  /** Its edit was sent, or sent and left. */
  refresh(): void;
}

/** @param attached what went with it, drawn */
export function drawQuestion(
  { id, question, version }: Pick<TurnView, 'id' | 'question' | 'version'>,
  attached: readonly HTMLElement[],
  edits: Edits,
  drawing: 'whole' | OnApproachViewport,
): DrawnQuestion {
  const text = drawText(question, drawing);
  const edit = iconButton('edit', l10n.t('Edit'), () => {
    if (isAvailable(edit)) open(question).focus();
  });
  const versions =
    version && createVersionSwitch(version, (step) => post({ type: 'selectVersion', turnId: id, step }));
  const parts = versions ? [edit, versions.element] : [edit];
  const { element: actions } = createToolbar(l10n.t('Question actions'), parts);
  actions.classList.add('question-actions');
  actions.classList.toggle('with-versions', version !== undefined);
  const article = questionArticle(text, ...attached, actions);
  let editor: QuestionEditor | undefined;
  let running = false;

  function open(written: string): QuestionEditor {
    if (!edits.of(id)) edits.write(id, written);
    const send = (): void => {
      edits.send(id);
      refresh();
    };
    const write = (next: string): void => edits.write(id, next);
    const opened = createQuestionEditor(written, { write, cancel: close, send });
    editor = opened;
    text.replaceWith(opened.element);
    article.classList.add('editing');
    actions.hidden = true;
    refresh();
    return opened;
  }

  function close(): void {
    edits.close(id);
    editor?.element.replaceWith(text);
    editor = undefined;
    article.classList.remove('editing');
    actions.hidden = false;
    edit.focus();
  }

  function refresh(): void {
    setAvailable(edit, !running, l10n.t('An answer is in progress'));
    versions?.setRunning(running);
    const sent = edits.of(id)?.isSent === true;
    editor?.setState(sent ? 'sent' : running ? 'waiting' : 'ready');
  }

  const begun = edits.of(id);
  if (begun) open(begun.text);
  refresh();
  return {
    element: article,
    refresh,
    setRunning(next) {
      running = next;
      refresh();
    },
  };
}

/** Markdown as in an answer, with the line breaks that were typed. */
function drawText(question: string, drawing: 'whole' | OnApproachViewport): HTMLElement {
  const stream = createMarkdownStream(element('div', { class: 'question-text' }));
  if (drawing === 'whole') stream.finish(question);
  else stream.finishOnApproach(question, drawing);
  return stream.element;
}

function questionArticle(...children: readonly HTMLElement[]): HTMLElement {
  return element('article', { 'aria-label': l10n.t('You'), class: 'question' }, ...children);
}
