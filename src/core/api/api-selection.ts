import type { AnswerReader } from './answer';
import { buildChatBody, type ChatBody } from './chat-completions/body';
import { createChunkReader } from './chat-completions/chunk';
import { CHAT_CORRECTIONS } from './chat-completions/corrections';
import type { Correction, Corrections } from './learned-corrections';
import { correctionByRules, isInvalidValue, isRejectedRequest } from './correction-rules';
import type { ChatError, ErrorHints } from './errors/chat-error';
import type { ChatParameters, ChatRequest } from './request';
import { buildResponsesBody, type ResponsesBody } from './responses/body';
import { RESPONSES_CORRECTIONS } from './responses/corrections';

/** A request in the form of one of the two APIs. */
export type WireRequest =
  | { readonly api: 'chat'; readonly url: URL; readonly body: ChatBody }
  | { readonly api: 'responses'; readonly url: URL; readonly body: ResponsesBody };

type RequestContent = Pick<ChatRequest, 'endpoint' | 'parameters' | 'instructions' | 'messages'>;

/** The request for a question, corrected by what the service is known to reject. */
export function buildWireRequest(question: RequestContent, learned: Corrections): WireRequest {
  const { endpoint, parameters } = question;
  return apiFor(parameters, learned) === 'chat'
    ? { api: 'chat', url: endpoint.chatCompletions, body: buildChatBody(question, learned) }
    : { api: 'responses', url: endpoint.responses, body: buildResponsesBody(question, learned) };
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

/** The reader of the answer to a request. The reader of the Responses API is loaded when it is first used. */
export async function loadReader(request: WireRequest): Promise<AnswerReader> {
  if (request.api === 'chat') return createChunkReader(request.body.n ?? 1);
  const { createResponseReader } = await import('./responses/event');
  return createResponseReader(request.body.max_output_tokens);
}

/** How to send a request that was rejected; undefined where it would be rejected again. */
export function correctionFor(
  error: ChatError,
  hints: ErrorHints,
  request: WireRequest,
  api: ChatParameters['api'],
): Correction | undefined {
  if (request.api === 'chat') {
    if (api === 'auto' && error.kind === 'wrong-address' && error.needs === 'responses')
      return 'responses-api';
    return correctionByRules(error, hints, request.body, CHAT_CORRECTIONS);
  }
  const correction = correctionByRules(error, hints, request.body, RESPONSES_CORRECTIONS);
  if (correction || api !== 'auto') return correction;
  return rejectsResponses(error) ? 'chat-api' : undefined;
}

/** Whether an error may be about the Responses API itself, so that the other API is worth a try. */
function rejectsResponses(error: ChatError): boolean {
  switch (error.kind) {
    case 'wrong-address':
      return true;
    case 'bad-request':
      return isRejectedRequest(error) && !isInvalidValue(error);
    case 'server':
      // LM Studio answers an unknown address with an error under the status 200.
      return error.status === 501 || /\bunexpected endpoint\b/i.test(error.message);
    case 'unauthorized':
    case 'forbidden':
      // The key of a project may be for one of the two only.
      return /\bapi\.responses\b/.test(error.message);
    default:
      return false;
  }
}
