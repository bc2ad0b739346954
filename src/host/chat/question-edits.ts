import type { EditView } from '../../protocol/messages';
import type { Draft } from '../storage/drafts/draft';

/** Questions that are being edited. They are stored with the draft. */
export interface QuestionEdits {
  readonly all: readonly EditView[];
  /** Without a text, the edit is removed. */
  set(turnId: string, text: string | undefined): void;
}

/** Edits of chats that are never opened again are dropped, oldest first. */
const MAX_EDITS = 20;

export function createQuestionEdits(draft: Pick<Draft, 'state' | 'update'>): QuestionEdits {
  return {
    get all() {
      return draft.state.edits;
    },
    set(turnId, text) {
      const others = draft.state.edits.filter((edit) => edit.turnId !== turnId);
      const edits = text === undefined ? others : [...others, { turnId, text }];
      draft.update({ edits: edits.slice(-MAX_EDITS) });
    },
  };
}
