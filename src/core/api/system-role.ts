import type { ChatMessage } from './request';

/**
 * Model families that accept a system message. o1-mini and o1-preview reject it, and so may unknown models;
 * instructions in the first question work for all of them.
 */
const SYSTEM_ROLE_MODELS =
  /^(gpt-|chatgpt|o1(-pro)?(-\d|$)|o[3-9]|claude|gemini|grok|deepseek|mistral|ministral|magistral|codestral|llama|meta-llama|qwen|command)/i;

/** Whether a model accepts a system message. The name may contain the vendor, as in "openai/o3". */
export function acceptsSystemRole(model: string): boolean {
  return SYSTEM_ROLE_MODELS.test(model.slice(model.lastIndexOf('/') + 1));
}

/** The messages with the instructions at the beginning of the first question. */
export function withInstructions(
  messages: readonly ChatMessage[],
  instructions: string,
): readonly ChatMessage[] {
  const first = messages.findIndex(({ role }) => role === 'user');
  if (first < 0) return [{ role: 'user', content: instructions }, ...messages];
  return messages.map((message, index) =>
    index === first
      ? { ...message, content: [instructions, message.content].filter((text) => text !== '').join('\n\n') }
      : message,
  );
}
