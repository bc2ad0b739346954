import type { AnswerReader } from './answers/answer-reader';
import { buildChatBody, type ChatBody } from './chat-completions/body';
import type { Corrections } from './corrections/learned-corrections';
import type { SentValues } from './events';
import type { ChatParameters, ChatRequest } from './request';
import type { ResponsesBody } from './responses/body';

/** A request in the form of one of the two APIs. */
export type WireRequest =
  | { readonly api: 'chat'; readonly url: URL; readonly body: ChatBody }
  | { readonly api: 'responses'; readonly url: URL; readonly body: ResponsesBody };

type RequestContent = Pick<ChatRequest, 'endpoint' | 'parameters' | 'instructions' | 'messages' | 'tools'>;

/**
 * The request for a question, corrected by what the service is known to reject. The code for the Responses API, which fewer
 * services have, is loaded with the first request to it.
 */
export async function buildWireRequest(question: RequestContent, learned: Corrections): Promise<WireRequest> {
  const { endpoint, parameters } = question;
  if (apiFor(parameters, learned) === 'chat')
    return { api: 'chat', url: endpoint.chatCompletions, body: buildChatBody(question, learned) };
  const { buildResponsesBody } = await import('./responses/body');
  return { api: 'responses', url: endpoint.responses, body: buildResponsesBody(question, learned) };
}

/**
 * The API for a question, where the settings leave the choice: the one that the model is known to need, else the
 * Responses API for summaries of the reasoning, which no other has, else Chat Completions.
 */
export function apiFor(
  { api, reasoningSummary }: Pick<ChatParameters, 'api' | 'reasoningSummary'>,
  learned: Corrections,
): WireRequest['api'] {
  if (api !== 'auto') return api;
  // If a service has rejected both APIs, Chat Completions is used, which more services have.
  if (learned.has('chat-api')) return 'chat';
  if (learned.has('responses-api')) return 'responses';
  return reasoningSummary === undefined || learned.has('no-reasoning-summary') ? 'chat' : 'responses';
}

/** The reader of the answer to a request. It is loaded with the first request to its API. */
export async function loadReader(request: WireRequest): Promise<AnswerReader> {
  if (request.api === 'chat') {
    const { createChunkReader } = await import('./chat-completions/chunk-reader');
    if (!request.body.tools) return createChunkReader(request.body.n ?? 1);
    const { createToolCallReader } = await import('./chat-completions/tool-calls');
    return createChunkReader(request.body.n ?? 1, createToolCallReader());
  }
  const { createResponseReader } = await import('./responses/response-reader');
  return createResponseReader(request.body.max_output_tokens);
}

/** The values of parameters in a request. */
export function sentValues(request: WireRequest): SentValues {
  const { reasoningEffort, verbosity } =
    request.api === 'chat'
      ? { reasoningEffort: request.body.reasoning_effort, verbosity: request.body.verbosity }
      : { reasoningEffort: request.body.reasoning?.effort, verbosity: request.body.text?.verbosity };
  return {
    ...(reasoningEffort !== undefined && { reasoningEffort }),
    ...(verbosity !== undefined && { verbosity }),
  };
}
