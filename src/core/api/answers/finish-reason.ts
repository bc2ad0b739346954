/** OpenAI's finish reasons, each with the names that other services use for it. */
const REASONS = {
  stop: 'complete completed done end end_of_sequence end_of_text end_of_turn end_turn ended endoftext eos eos_found eos_token eot finish finished normal stop_sequence stop_sequences stop_string stop_token stop_word stop_words stopped succeeded success word',
  tool_calls: 'function_call function_calls tool_call tool_use',
  length:
    'context_length context_length_exceeded error_limit length_limit limit max_completion_tokens max_iterations max_length max_new_tokens max_output_tokens max_tokens max_tokens_reached model_context_window_exceeded model_length token_limit token_limit_reached truncated',
  content_filter:
    'blocklist content_filtered content_policy_violation error_toxic guardrail_intervened image_safety prohibited_content recitation refusal safety sensitive spii',
} as const;

const REASON_BY_SYNONYM: ReadonlyMap<string, string> = new Map(
  Object.entries(REASONS).flatMap(([reason, synonyms]) =>
    [reason, ...synonyms.split(' ')].map((synonym) => [synonym, reason] as const),
  ),
);

/** OpenAI's name for a finish reason; the service's own name if OpenAI has none. */
export function readFinishReason(reason: string): string {
  const word = reason
    .toLowerCase()
    .replace(/[\s-]/g, '_')
    .replace(/^finish_reason_/, '');
  return REASON_BY_SYNONYM.get(word) ?? reason;
}
