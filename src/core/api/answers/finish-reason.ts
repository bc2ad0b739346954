/** Why answers end, in the words of OpenAI, and the words of other services for the same. */
const REASONS = {
  stop: 'complete completed done end end_turn endoftext eos eos_found eos_token finished normal stop_sequence stop_string stop_token word',
  tool_calls: 'function_call tool_call tool_use',
  length:
    'context_length context_length_exceeded error_limit limit max_completion_tokens max_length max_output_tokens max_tokens model_context_window_exceeded model_length token_limit',
  content_filter:
    'blocklist content_filtered error_toxic guardrail_intervened image_safety prohibited_content recitation refusal safety sensitive spii',
} as const;

const KNOWN_REASONS: ReadonlyMap<string, string> = new Map(
  Object.entries(REASONS).flatMap(([reason, synonyms]) =>
    [reason, ...synonyms.split(' ')].map((synonym) => [synonym, reason] as const),
  ),
);

/** The finish reason in the words of OpenAI; as the service wrote it if there is none. */
export function readFinishReason(reason: string): string {
  return KNOWN_REASONS.get(reason.toLowerCase().replace(/[\s-]/g, '_')) ?? reason;
}
