import type { Turn } from './turn';

/** The most that are worth going through with the arrow keys. */
const MAX_PROMPTS = 100;

/**
 * Questions to ask again, newest first: those of this chat, then others.
 *
 * @param others oldest first
 */
export function promptHistory(turns: readonly Turn[], others: readonly string[]): readonly string[] {
  const chat = turns.map(({ question }) => question.text);
  return [...new Set([...chat.toReversed(), ...others.toReversed()])].slice(0, MAX_PROMPTS);
}

/** With one more that was asked; the oldest go where they are too many, and what is no question but a document. */
export function addPrompt(questions: readonly string[], question: string): readonly string[] {
  if (question.length > MAX_PROMPT_LENGTH) return questions;
  return [...questions.filter((other) => other !== question), question].slice(-MAX_PROMPTS);
}

/** Characters that somebody would rather call up than write again. */
const MAX_PROMPT_LENGTH = 10_000;
