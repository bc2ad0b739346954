import type { ChatRequest } from '../../core/api';
import type { Question, Turn } from '../../core/chat/conversation';

/** A request as the user wants it. `prepareRequest` settles everything else. */
export interface RequestDraft {
  readonly chatId: string;
  /** Turns that may be left out where the context is too small, oldest first. */
  readonly history: readonly Turn[];
  readonly question: Question;
  /** The turn that is continued: it is never left out. */
  readonly pinned?: Turn;
  /** The turn that is sent again or edited: its attachments were agreed to when it was sent first. */
  readonly previous?: Turn;
  /** Parameters in which this request differs from the settings. */
  readonly overrides?: Partial<Pick<ChatRequest['parameters'], 'maxCompletionTokens' | 'seed' | 'n'>>;
  /** Tokens that the model can hold, as the service said when it refused this question. */
  readonly contextLimit?: number;
}
