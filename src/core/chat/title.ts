import { beginning } from '../text/beginning';
import type { Conversation } from './conversation';

/** Characters of a title. */
export const longestTitle = 80;

/** The title that the user gave a chat, or the beginning of its first question; empty if there is none. */
export function chatTitle({ title, turns: [first] }: Conversation): string {
  return title ?? beginning(first?.question.text ?? '', longestTitle);
}
