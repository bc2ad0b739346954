import type { Turn } from './turn';

/** The most that are worth going through with the arrow keys. */
const most = 100;

/**
 * Questions to ask again, newest first: those of this chat, then others.
 *
 * @param others oldest first
 */
export function formerQuestions(turns: readonly Turn[], others: readonly string[]): readonly string[] {
  const chat = turns.map(({ question }) => question.text);
  return [...new Set([...chat.toReversed(), ...others.toReversed()])].slice(0, most);
}

/** With one more that was asked; the oldest go where they are too many, and what is no question but a document. */
export function withAsked(questions: readonly string[], question: string): readonly string[] {
  if (question.length > longest) return questions;
  return [...questions.filter((other) => other !== question), question].slice(-most);
}

/** Characters that somebody would rather call up than write again. */
const longest = 10_000;
