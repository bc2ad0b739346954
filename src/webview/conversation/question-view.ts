import * as l10n from '@vscode/l10n';
import type { TurnView } from '../../protocol/messages';
import { isAvailable, setAvailable, iconButton } from '../ui/buttons';
import { element } from '../ui/dom';
import { type Edits, createInlineEditor, type InlineEditor } from './question-editor';
import { post } from '../host';
import { createMarkdownStream } from '../markdown/markdown-stream';
import type { OnApproachViewport } from '../rendering/viewport';
import { createToolbar } from '../ui/toolbar';
import { createVersionSwitch } from './version-switch';

/** A question in the panel, which can be edited in place. */
export interface RenderedQuestion {
  readonly element: HTMLElement;
  /** While an answer is in progress, no question can be edited. */
  setRunning(running: boolean): void;
  /** Must be called when the edit of this question was sent, accepted or rejected. */
  refresh(): void;
}

/** @param attachments their elements */
export function renderQuestion(
  { id, question, version }: Pick<TurnView, 'id' | 'question' | 'version'>,
  attachments: readonly HTMLElement[],
  edits: Edits,
  mode: 'complete' | OnApproachViewport,
): RenderedQuestion {
  const text = renderText(question, mode);
  const edit = iconButton('edit', l10n.t('Edit'), () => {
    if (isAvailable(edit)) open(question).focus();
  });
  const versions =
    version && createVersionSwitch(version, (step) => post({ type: 'selectVersion', turnId: id, step }));
  const parts = versions ? [edit, versions.element] : [edit];
  const { element: actions } = createToolbar(l10n.t('Question actions'), parts);
  actions.classList.add('question-actions');
  actions.classList.toggle('with-versions', version !== undefined);
  const article = questionArticle(text, ...attachments, actions);
  let editor: InlineEditor | undefined;
  let running = false;

  function open(written: string): InlineEditor {
    if (!edits.get(id)) edits.write(id, written);
    const send = (): void => {
      edits.send(id);
      refresh();
    };
    const write = (next: string): void => edits.write(id, next);
    const opened = createInlineEditor(written, {
      label: l10n.t('Edit question'),
      note: l10n.t('The original question and everything after it are kept as another version.'),
      submit: l10n.t('Send'),
      write,
      cancel: close,
      send,
    });
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
    const sent = edits.get(id)?.isSent === true;
    editor?.setState(sent ? 'sent' : running ? 'waiting' : 'ready');
  }

  const restored = edits.get(id);
  if (restored) open(restored.text);
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

/** Markdown as in an answer, with the line breaks of the source. */
function renderText(question: string, mode: 'complete' | OnApproachViewport): HTMLElement {
  const stream = createMarkdownStream(element('div', { class: 'question-text' }));
  if (mode === 'complete') stream.finish(question);
  else stream.finishOnApproach(question, mode);
  return stream.element;
}

function questionArticle(...children: readonly HTMLElement[]): HTMLElement {
  return element('article', { 'aria-label': l10n.t('You'), class: 'question' }, ...children);
}
