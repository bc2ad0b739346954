import type { EditView } from '../../protocol/messages';
import type { SendOutcome } from '../../protocol/requests';
import { post, request } from '../host';

/** A question that is being edited. */
interface Edit {
  readonly text: string;
  /** Whether it was sent and has no outcome yet. */
  readonly isSent?: true;
}

/** The edits that are open, by the ids of their turns: what is drawn anew finds them here, and the host keeps them. */
export interface Edits {
  of(turnId: string): Edit | undefined;
  /** Opens those that were open in the page that was here before. */
  restore(edits: readonly EditView[]): void;
  write(turnId: string, text: string): void;
  close(turnId: string): void;
  send(turnId: string): void;
}

/** @param onOutcome called when an edit that was sent is accepted, and closed, or is not */
export function createEdits(onOutcome: (turnId: string, outcome: SendOutcome) => void): Edits {
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
      const { text } = edit;
      const sent = { text, isSent: true } as const;
      open.set(turnId, sent);
      const settle = (outcome: SendOutcome): void => {
        if (open.get(turnId) !== sent) return;
        if (outcome === 'accepted') open.delete(turnId);
        else open.set(turnId, { text });
        onOutcome(turnId, outcome);
      };
      request({ type: 'edit', turnId, text }).then(settle, () => settle('rejected'));
    },
  };
}
