import type { EditView } from '../protocol/messages';
import { post } from './host';

/** A question that is being edited. */
interface Edit {
  readonly text: string;
  /** The name under which it was sent, until the host has taken or left it. */
  readonly sentAs?: string;
}

/** The edits that are open, by the ids of their turns: what is drawn anew finds them here, and the host keeps them. */
export interface Edits {
  of(turnId: string): Edit | undefined;
  /** Opens those that were open in the page that was here before. */
  restore(edits: readonly EditView[]): void;
  write(turnId: string, text: string): void;
  close(turnId: string): void;
  send(turnId: string): void;
  /** The turn whose edit has this name, if there is one; an edit that is taken is closed. */
  settle(question: string, outcome: 'taken' | 'kept'): string | undefined;
}

export function createEdits(): Edits {
  const open = new Map<string, Edit>();
  let restored = false;

  return {
    of: (turnId) => open.get(turnId),
    restore(edits) {
      // Later the page knows better.
      if (restored) return;
      restored = true;
      for (const { turnId, text } of edits) open.set(turnId, { text });
    },
    write(turnId, text) {
      open.set(turnId, { text });
      post({ type: 'editing', turnId, text });
    },
    close(turnId) {
      open.delete(turnId);
      post({ type: 'editing', turnId });
    },
    send(turnId) {
      const edit = open.get(turnId);
      if (!edit) return;
      const question = crypto.randomUUID();
      open.set(turnId, { ...edit, sentAs: question });
      post({ type: 'edit', question, turnId, text: edit.text });
    },
    settle(question, outcome) {
      const [turnId, edit] = [...open].find(([, { sentAs }]) => sentAs === question) ?? [];
      if (turnId === undefined || !edit) return undefined;
      if (outcome === 'taken') open.delete(turnId);
      else open.set(turnId, { text: edit.text });
      return turnId;
    },
  };
}
