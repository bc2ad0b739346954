import * as l10n from '@vscode/l10n';
import { isAvailable, setAvailable } from '../ui/buttons';
import { element } from '../ui/dom';
import { setDirection } from '../input/text-direction';
import { onEnter } from '../input/text-field';
import type { EditView } from '../../protocol/messages';
import type { SendOutcome } from '../../protocol/requests';
import { post, request } from '../host';

/** A text box in the place of a question or a summary, to edit it. */
export interface InlineEditor {
  readonly element: HTMLElement;
  focus(): void;
  /** `waiting` for the end of an answer; `sent` and waiting for the host to accept it. */
  setState(state: EditorState): void;
}

type EditorState = 'ready' | 'waiting' | 'sent';

export interface InlineEditorOptions {
  readonly label: string;
  /** Tells the user what happens to the original text. */
  readonly note: string;
  /** The label of the button that sends the text. */
  readonly submit: string;
  readonly write: (text: string) => void;
  readonly send: () => void;
  readonly cancel: () => void;
}

export function createInlineEditor(text: string, options: InlineEditorOptions): InlineEditor {
  const { write, send, cancel } = options;
  const note = element('p', { id: crypto.randomUUID() }, options.note);
  const box = element('textarea', {
    'aria-label': options.label,
    'aria-describedby': note.id,
    rows: '1',
  });
  const sendButton = element('button', { type: 'button', class: 'button' }, options.submit);
  const cancelButton = element('button', { type: 'button', class: 'button secondary' }, l10n.t('Cancel'));
  let state: EditorState = 'ready';
  box.value = text;
  setDirection(box);

  function refresh(): void {
    const reason = state === 'waiting' ? l10n.t('An answer is in progress') : undefined;
    setAvailable(sendButton, state === 'ready' && box.value.trim() !== '', reason);
  }

  function submit(): void {
    if (isAvailable(sendButton)) send();
  }

  box.addEventListener('input', () => {
    write(box.value);
    refresh();
  });
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    cancel();
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

/** A question that is being edited. */
interface Edit {
  readonly text: string;
  /** Whether it was sent and has no outcome yet. */
  readonly isSent?: true;
}

/** The open edits by turn ID. They are kept when a turn is rendered again, and the host stores them. */
export interface Edits {
  get(turnId: string): Edit | undefined;
  /** Opens the edits that were open before the webview was loaded again. */
  restore(edits: readonly EditView[]): void;
  write(turnId: string, text: string): void;
  close(turnId: string): void;
  send(turnId: string): void;
}

/** @param onOutcome called when the host has accepted an edit, which closes it, or has rejected it */
export function createEdits(onOutcome: (turnId: string, outcome: SendOutcome) => void): Edits {
  const open = new Map<string, Edit>();
  let restored = false;

  return {
    get: (turnId) => open.get(turnId),
    restore(edits) {
      // After that, the webview has newer edits than the host.
      if (restored) return;
      restored = true;
      for (const { turnId, text } of edits) open.set(turnId, { text });
    },
    write(turnId, text) {
      open.set(turnId, { text });
      post({ type: 'editDraft', turnId, text });
    },
    close(turnId) {
      open.delete(turnId);
      post({ type: 'editDraft', turnId });
    },
    send(turnId) {
      const edit = open.get(turnId);
      if (!edit) return;
      const { text } = edit;
      const sent = { text, isSent: true } as const;
      open.set(turnId, sent);
      const finish = (outcome: SendOutcome): void => {
        if (open.get(turnId) !== sent) return;
        if (outcome === 'accepted') open.delete(turnId);
        else open.set(turnId, { text });
        onOutcome(turnId, outcome);
      };
      request({ type: 'resendQuestion', turnId, text }).then(finish, () => finish('rejected'));
    },
  };
}
