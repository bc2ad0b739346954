export interface ChatMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
  readonly name?: string;
}

/** What a question may set; the ranges are those of the service (protocol.md, section 1). */
export interface ChatParameters {
  readonly model: string;
  /** Tokens, the reasoning included: a limit below the reasoning gives an empty answer. */
  readonly maxCompletionTokens: number;
  readonly tokenLimitParameter: 'max_completion_tokens' | 'max_tokens';
  readonly stream: boolean;
  readonly includeUsage: boolean;
  /** How many answers; each is billed. */
  readonly n: number;
  readonly seed: number | null;
}

/**
 * The JSON body of `POST /v1/chat/completions`. Only one of the two limits is ever sent, as OpenAI
 * refuses both together; what equals the service's own default is left out.
 */
export function chatBody(parameters: ChatParameters, messages: readonly ChatMessage[]): string {
  const { model, stream, n, seed } = parameters;
  return JSON.stringify({
    model,
    messages,
    [parameters.tokenLimitParameter]: parameters.maxCompletionTokens,
    stream,
    ...(stream && parameters.includeUsage && { stream_options: { include_usage: true } }),
    ...(n > 1 && { n }),
    ...(seed !== null && { seed }),
  });
}
