import * as l10n from '@vscode/l10n';
import type { TurnView } from '../protocol/messages';
import { isAvailable, setAvailable } from './availability';
import { element, iconButton } from './dom';
import type { Edits } from './edits';
import { post } from './host';
import { createQuestionEditor, type QuestionEditor } from './question-editor';
import { createToolbar } from './toolbar';
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
): DrawnQuestion {
  const words = element('p', { dir: 'auto' }, question);
  const edit = iconButton('edit', l10n.t('Edit'), () => {
    if (isAvailable(edit)) open(question).focus();
  });
  const versions =
    version && createVersionSwitch(version, (step) => post({ type: 'turn', turnId: id, step }));
  const parts = versions ? [edit, versions.element] : [edit];
  const { element: actions } = createToolbar(l10n.t('Question actions'), parts);
  actions.classList.add('question-actions');
  actions.classList.toggle('with-versions', version !== undefined);
  const article = questionArticle(words, ...attached, actions);
  let editor: QuestionEditor | undefined;
  let running = false;

  function open(text: string): QuestionEditor {
    if (!edits.of(id)) edits.write(id, text);
    const send = (): void => {
      edits.send(id);
      refresh();
    };
    const write = (written: string): void => edits.write(id, written);
    const opened = createQuestionEditor(text, { write, cancel: close, send });
    editor = opened;
    words.replaceWith(opened.element);
    article.classList.add('editing');
    actions.hidden = true;
    refresh();
    return opened;
  }

  function close(): void {
    edits.close(id);
    editor?.element.replaceWith(words);
    editor = undefined;
    article.classList.remove('editing');
    actions.hidden = false;
    edit.focus();
  }

  function refresh(): void {
    setAvailable(edit, !running, l10n.t('An answer is on its way'));
    versions?.setRunning(running);
    const sent = edits.of(id)?.sentAs !== undefined;
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

function questionArticle(...children: readonly HTMLElement[]): HTMLElement {
  return element('article', { 'aria-label': l10n.t('You'), class: 'question' }, ...children);
}
