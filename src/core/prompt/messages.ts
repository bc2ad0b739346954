import type { ChatMessage } from '../api';
import { shownChoice } from '../chat/answer';
import { currentAnswer, type Question, type Turn } from '../chat/conversation';
import { fenced } from '../text/fences/fence';
import { sanitizeLine } from '../text/untrusted-text';
import type { Attachment } from './attachment';

/** Longest label of an attachment, in UTF-16 units. The path of a file is shorter. */
const MAX_LABEL_LENGTH = 5000;

/**
 * The messages for a question, after those of the earlier turns. Turns without an answer are left out, as the model
 * would see an unanswered question.
 *
 * @param userName sent as `name`; empty for none
 */
export function toMessages(
  history: readonly Turn[],
  question: Question,
  userName: string,
): readonly ChatMessage[] {
  return [...history.flatMap((turn) => turnMessages(turn, userName)), userMessage(question, userName)];
}

/** The messages of an earlier turn: its question and its current answer; none if the answer is empty. */
export function turnMessages(turn: Turn, userName: string): readonly ChatMessage[] {
  const { text, refusal, reasoningItems } = shownChoice(currentAnswer(turn));
  const content = text || refusal;
  if (content === '') return [];
  const answer = { role: 'assistant', content, ...(reasoningItems && { reasoningItems }) } as const;
  return [userMessage(turn.question, userName), answer];
}

/** The instruction to continue, sent after the model's own answer. */
export const CONTINUE_QUESTION: Question = {
  text:
    'Your answer was cut off. Go on exactly where it stopped, with the very next character. Repeat nothing, ' +
    'add no remark, and where a code block or a formula was open, do not open it again.',
};

/** The content of a question: its text, then each attachment in a fence below its label. */
export function questionText({ text, attachments = [] }: Question): string {
  return [text, ...attachments.map(attachmentText)].join('\n\n');
}

/** An attachment as it is sent: its label and its content in a fence. The name of a file may have line breaks. */
export function attachmentText({ label, content, language }: Attachment): string {
  return `${sanitizeLine(label, MAX_LABEL_LENGTH)}\n${fenced(content, language)}`;
}

function userMessage(question: Question, userName: string): ChatMessage {
  return { role: 'user', content: questionText(question), ...(userName && { name: userName }) };
}
