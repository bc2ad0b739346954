import type { Question, Turn } from '../../core/chat/conversation';
import type { Sessions } from '../../core/chat/sessions';
import type { ActiveEditor } from '../editor/active-editor';
import { readSelection } from '../editor/selection';
import type { Draft } from '../storage/draft';

/** What would be asked if the user pressed Send now. */
export interface Composition {
  /** Whether the selection goes with it. */
  attached: boolean;
  readonly history: readonly Turn[];
  /** Its text is empty while nothing is written. */
  readonly question: Question;
}

export function createComposition(sessions: Sessions, draft: Draft, editor: ActiveEditor): Composition {
  return {
    attached: false,
    get history() {
      return sessions.shown.conversation.turns;
    },
    get question() {
      const selection = this.attached ? readSelection(editor.current) : undefined;
      const { text } = draft;
      return selection?.kind === 'code' ? { text, attachments: [selection.attachment] } : { text };
    },
  };
}
