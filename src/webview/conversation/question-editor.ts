import * as l10n from '@vscode/l10n';
import { isAvailable, setAvailable } from '../ui/button-availability';
import { element } from '../ui/dom';
import { onEnter } from '../input/enter-key';

/** A question in the place where it stands, to be asked in other words. */
export interface QuestionEditor {
  readonly element: HTMLElement;
  focus(): void;
  /** `waiting`: for the end of an answer. `sent`: for the host, to take it. */
  setState(state: EditorState): void;
}

type EditorState = 'ready' | 'waiting' | 'sent';

export interface EditorEvents {
  readonly write: (text: string) => void;
  readonly send: () => void;
  readonly cancel: () => void;
}

export function createQuestionEditor(text: string, { write, send, cancel }: EditorEvents): QuestionEditor {
  const note = element(
    'p',
    { id: crypto.randomUUID() },
    l10n.t('The original question and everything after it are kept as another version.'),
  );
  const box = element('textarea', {
    'aria-label': l10n.t('Edit question'),
    'aria-describedby': note.id,
    rows: '1',
    dir: 'auto',
  });
  const sendButton = element('button', { type: 'button', class: 'button' }, l10n.t('Send'));
  const cancelButton = element('button', { type: 'button', class: 'button secondary' }, l10n.t('Cancel'));
  let state: EditorState = 'ready';
  box.value = text;

  function refresh(): void {
    const why = state === 'waiting' ? l10n.t('An answer is in progress') : undefined;
    setAvailable(sendButton, state === 'ready' && box.value.trim() !== '', why);
  }

  function submit(): void {
    if (isAvailable(sendButton)) send();
  }

  box.addEventListener('input', () => {
    write(box.value);
    refresh();
  });
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') cancel();
  });
  onEnter(box, submit);
  sendButton.addEventListener('click', submit);
  cancelButton.addEventListener('click', cancel);
  refresh();
  const buttons = element('div', { class: 'action-buttons' }, sendButton, cancelButton);
  return {
    element: element('form', { class: 'question-editor' }, box, note, buttons),
    focus() {
      box.focus();
      box.setSelectionRange(box.value.length, box.value.length);
    },
    setState(next) {
      state = next;
      box.readOnly = next === 'sent';
      refresh();
    },
  };
}
