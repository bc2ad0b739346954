import type { ChatRequest } from '../../core/api';
import type { Question, Turn } from '../../core/chat/conversation';
import { mergeSelectedValues, type SelectedValues } from '../../core/models/parameter-values';
import type { Settings } from '../settings';

/**
 * A request as the user wants it, with the values that were selected for the question or its chat. `prepareRequest`
 * determines everything else.
 */
export interface RequestDraft extends SelectedValues {
  readonly chatId: string;
  /** Turns as they are sent, oldest first. Some are left out if the context is too small. */
  readonly history: readonly Turn[];
  readonly question: Question;
  /** The turn that is continued, or the turns that are summarized: they are never left out. */
  readonly requiredTurns?: readonly Turn[];
  /** The number of questions that the request summarizes; absent for any other request. */
  readonly summarizes?: number;
  /** The turn that is sent again or edited. The user has already consented to its attachments. */
  readonly previous?: Turn;
  /** Set if the earlier turns can be summarized instead of leaving some of them out. */
  readonly canSummarize?: boolean;
  /** Parameters in which this request differs from the settings. */
  readonly overrides?: Partial<
    Pick<ChatRequest['parameters'], 'model' | 'maxCompletionTokens' | 'seed' | 'n'>
  >;
  /** The context limit in tokens that the service named when it rejected this question. */
  readonly contextLimit?: number;
}

/** Values that were selected for the next question of a chat only, by the ID of the chat. */
export type NextQuestionValues = Map<string, SelectedValues>;

/** The question with the values that were selected for it while it was written. */
export function withNextValues(question: Question, chatId: string, next: NextQuestionValues): Question {
  return { ...question, ...next.get(chatId) };
}

/** The settings for a request. */
export function settingsFor(
  settings: Settings,
  draft: Pick<RequestDraft, 'overrides'> & SelectedValues,
): Settings {
  return { ...settings, ...draft.overrides, ...mergeSelectedValues(draft) };
}
