import type { Turn } from './turn';

/** Number of earlier questions that are kept. */
const MAX_PROMPTS = 100;

/**
 * The questions that the arrow keys recall, newest first: those of this chat, then others.
 *
 * @param others of other chats, oldest first
 */
export function promptHistory(turns: readonly Turn[], others: readonly string[]): readonly string[] {
  const chat = turns.map(({ question }) => question.text);
  return [...new Set([...chat.toReversed(), ...others.toReversed()])].slice(0, MAX_PROMPTS);
}

/** Adds a question at the end, and removes the oldest ones beyond the limit. Very long questions are not added. */
export function addPrompt(questions: readonly string[], question: string): readonly string[] {
  if (question.length > MAX_PROMPT_LENGTH) return questions;
  return [...questions.filter((other) => other !== question), question].slice(-MAX_PROMPTS);
}

/** Longest question that is added, in characters. */
const MAX_PROMPT_LENGTH = 10_000;
