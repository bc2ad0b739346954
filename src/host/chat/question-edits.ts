import type { EditView } from '../../protocol/messages';
import type { Draft } from '../storage/draft-store';

/** Questions that are being edited, kept like the one that is being written. */
export interface QuestionEdits {
  readonly all: readonly EditView[];
  /** Without a text it is over. */
  set(turnId: string, text: string | undefined): void;
}

/** Those of chats long gone are not kept forever. */
const mostKept = 20;

export function createQuestionEdits(draft: Pick<Draft, 'kept' | 'keep'>): QuestionEdits {
  return {
    get all() {
      return draft.kept.edits;
    },
    set(turnId, text) {
      const others = draft.kept.edits.filter((edit) => edit.turnId !== turnId);
      const edits = text === undefined ? others : [...others, { turnId, text }];
      draft.keep({ edits: edits.slice(-mostKept) });
    },
  };
}
