import type { ChatMessage } from '../api';
import { currentAnswer, shownChoice, type Question, type Turn } from '../chat/conversation';
import { fenced } from '../text/fence';
import { contextLabel } from './context';

export interface PromptOptions {
  /** The user's standing wishes; empty for none. */
  readonly instructions: string;
  /** Sent as `name`; empty for none. */
  readonly userName: string;
}

/**
 * The messages for a question, those of the turns before it first. o1-mini refuses system and developer
 * roles, so the instructions open the first user message. Turns without an answer are left out: the model
 * would see a question that nobody answered.
 */
export function toMessages(
  history: readonly Turn[],
  question: Question,
  options: PromptOptions,
): readonly ChatMessage[] {
  const earlier = history.flatMap((turn): ChatMessage[] => {
    const { text } = shownChoice(currentAnswer(turn));
    return text === '' ? [] : [userMessage(turn.question, options), { role: 'assistant', content: text }];
  });
  const messages = [...earlier, userMessage(question, options)];
  if (!options.instructions) return messages;
  return messages.map((message, index) =>
    index === 0 ? { ...message, content: `${options.instructions}\n\n${message.content}` } : message,
  );
}

/** The question as the model reads it: the words, then the code in a fence that names file and lines. */
function questionText({ text, context }: Question): string {
  return context ? `${text}\n\n${contextLabel(context)}\n${fenced(context.code, context.language)}` : text;
}

function userMessage(question: Question, { userName }: PromptOptions): ChatMessage {
  return { role: 'user', content: questionText(question), ...(userName && { name: userName }) };
}
