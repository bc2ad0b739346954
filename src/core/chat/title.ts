import { beginning } from '../text/beginning';
import type { Conversation } from './conversation';

/** Characters of a title. */
export const longestTitle = 80;

/** What the user calls a chat, else the beginning of its first question; empty where it has none. */
export function chatTitle({ title, turns: [first] }: Conversation): string {
  return title ?? beginning(first?.question.text ?? '', longestTitle);
}
