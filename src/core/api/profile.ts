/**
 * Families of models that are known to take a system message. o1-mini and o1-preview refuse it, and so may
 * whatever is not known here: their way, the instructions in the first question, is understood by all.
 */
const withSystemRole =
  /^(gpt-|chatgpt|o1(-pro)?(-\d|$)|o[3-9]|claude|gemini|grok|deepseek|mistral|ministral|magistral|codestral|llama|meta-llama|qwen|command)/i;

/** Whether a model, named with or without its maker ("openai/o3"), takes a system message. */
export function takesSystemRole(model: string): boolean {
  return withSystemRole.test(model.slice(model.lastIndexOf('/') + 1));
}
