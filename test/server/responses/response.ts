import type { Completion } from '../completion';
import { encryptedContent, type ResponsesRequest } from './request';

/** The parts of the reasoning summary. */
export const summaryParts = ['**Reading the question**\n\nIt is short.', '**Answering**\n\nIt is known.'];

/** The parts of a response of the Responses API, for its events and its whole body. */
export interface ResponseParts {
  readonly id: string;
  readonly reasoning: Readonly<Record<string, unknown>> & { readonly id: string };
  readonly message: Readonly<Record<string, unknown>> & { readonly id: string };
  readonly text: string;
  /** The response, which has no output while it is in progress. */
  whole(state: 'in_progress' | 'ended'): Readonly<Record<string, unknown>>;
}

export function responseOf(
  completion: Completion,
  { summary, encrypted, chat }: ResponsesRequest,
): ResponseParts {
  const id = completion.id.replace('chatcmpl-', 'resp_');
  const [choice] = completion.choices;
  const incomplete = choice?.finish === 'length';
  const text = choice?.deltas.join('') ?? '';
  const reasoningId = id.replace('resp', 'rs');
  const reasoning = {
    id: reasoningId,
    type: 'reasoning',
    summary: summary ? summaryParts.map((part) => ({ type: 'summary_text', text: part })) : [],
    ...(encrypted && { encrypted_content: encryptedContent(reasoningId) }),
  };
  const message = {
    id: id.replace('resp', 'msg'),
    type: 'message',
    role: 'assistant',
    status: incomplete ? 'incomplete' : 'completed',
    content: [{ type: 'output_text', text, annotations: [], logprobs: [] }],
  };
  // There is no message if the reasoning reaches the token limit.
  const output = text === '' ? [reasoning] : [reasoning, message];
  return {
    id,
    reasoning,
    message,
    text,
    whole: (state) => ({
      id,
      object: 'response',
      created_at: completion.created,
      status: state === 'in_progress' ? 'in_progress' : incomplete ? 'incomplete' : 'completed',
      error: null,
      incomplete_details: state === 'ended' && incomplete ? { reason: 'max_output_tokens' } : null,
      instructions: null,
      max_output_tokens: chat.limit,
      model: completion.model,
      output: state === 'ended' ? output : [],
      parallel_tool_calls: true,
      reasoning: { effort: 'medium', summary: summary ? 'detailed' : null },
      store: false,
      tool_choice: 'auto',
      tools: [],
      usage: state === 'ended' ? usageOf(completion) : null,
      ...(state === 'ended' && { meta: { usage: { usd_spent: completion.usd } } }),
    }),
  };
}

function usageOf({ promptTokens, completionTokens, reasoningTokens }: Completion): object {
  return {
    input_tokens: promptTokens,
    input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
    output_tokens: completionTokens,
    output_tokens_details: { reasoning_tokens: reasoningTokens },
    total_tokens: promptTokens + completionTokens,
  };
}
