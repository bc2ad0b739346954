import type { Question, Turn } from '../../core/chat/conversation';
import type { Sessions } from '../../core/chat/sessions';
import type { ActiveEditor } from '../editor/active-editor';
import { readSelection } from '../editor/selection';
import type { Draft } from '../storage/draft-store';
import type { ShelfDoor } from './shelf-door';

/** What would be asked if the user pressed Send now. */
export interface Composition {
  /** Whether the selection goes with it. */
  attached: boolean;
  /** The id of the chat. */
  readonly chat: string;
  readonly history: readonly Turn[];
  /** Its text is empty while nothing is written; what goes with it is as its chips show it. */
  readonly question: Question | Promise<Question>;
}

export function createComposition(
  sessions: Sessions,
  draft: Draft,
  editor: ActiveEditor,
  shelf: ShelfDoor,
): Composition {
  async function compose(): Promise<Question> {
    const selection = draft.kept.withSelection ? readSelection(editor.current) : undefined;
    const others = shelf.inUse ? await (await shelf.open()).read() : [];
    const attachments = [...(selection?.kind === 'code' ? selection.attachments : []), ...others];
    const { text } = draft.kept;
    return attachments.length > 0 ? { text, attachments } : { text };
  }

  return {
    get attached() {
      return draft.kept.withSelection;
    },
    set attached(attached) {
      if (attached === draft.kept.withSelection) return;
      draft.keep({ withSelection: attached });
      shelf.selectionChanged();
    },
    get chat() {
      return sessions.shown.conversation.id;
    },
    get history() {
      return sessions.shown.conversation.turns;
    },
    get question() {
      return compose();
    },
  };
}
