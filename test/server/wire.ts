import type { Choice, Completion } from './completion';

/** The exchange rate on the billing page of the provider. */
const CREDITS_PER_DOLLAR = 2_000_000;

/** Identifies the version of the model. With the same version, the same seed produces the same answer. */
const fingerprint = 'fp_5a1d0e7c42';

export function event(data: unknown): string {
  return `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
}

export function roleChunk(completion: Completion, index: number): object {
  const delta = { role: 'assistant', content: '', refusal: null };
  return chunk(completion, [{ index, delta, finish_reason: null }]);
}

export function contentChunk(completion: Completion, index: number, content: string): object {
  return chunk(completion, [{ index, delta: { content }, finish_reason: null }]);
}

export function finishChunk(completion: Completion, index: number, reason: Choice['finish']): object {
  return chunk(completion, [{ index, delta: {}, finish_reason: reason }]);
}

export function usageChunk(completion: Completion): object {
  return { ...chunk(completion, []), usage: usage(completion) };
}

export function costChunk(completion: Completion): object {
  return { meta: { usage: { credits_used: credits(completion), usd_spent: completion.usd } } };
}

/** A stream contains the cost in its last chunk, a whole completion in headers. */
export function costHeaders(completion: Completion): Record<string, string> {
  return {
    'x-aimlapi-credits-used': String(credits(completion)),
    'x-aimlapi-usd-spent': String(completion.usd),
  };
}

export function wholeCompletion(completion: Completion): object {
  const { id, created, model, choices } = completion;
  return {
    id,
    object: 'chat.completion',
    choices: choices.map(({ deltas, finish }, index) => ({
      index,
      finish_reason: finish,
      message: { role: 'assistant', content: deltas.join(''), refusal: null, annotations: [] },
    })),
    created,
    model,
    usage: usage(completion),
    system_fingerprint: fingerprint,
  };
}

function chunk({ id, created, model }: Completion, choices: readonly object[]): object {
  return {
    id,
    object: 'chat.completion.chunk',
    created,
    model,
    system_fingerprint: fingerprint,
    choices,
    usage: null,
  };
}

export function usage({ promptTokens, completionTokens, reasoningTokens }: Completion): object {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: reasoningTokens,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

function credits({ usd }: Completion): number {
  return Math.ceil(usd * CREDITS_PER_DOLLAR);
}
