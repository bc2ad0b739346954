import { readAnswer, ReportedError, type AnswerReader } from './answer-reader';
import { createAnswerRedaction } from './answer-redaction';
import type { AnswerPart, ChatEvent } from '../events';
import type { ChatRequest } from '../request';
import { reasoningSourceOf, type ReasoningItem } from '../responses/reasoning-items';
import type { ServerTextRedactor } from '../server-text-redaction';
import { createThinkTagReader } from '../streams/think-tags';
import type { TransportResponse } from '../transport';
import type { Watchdog } from '../watchdog';

/** The request that is answered. */
interface AnsweredRequest {
  readonly request: Pick<ChatRequest, 'endpoint' | 'parameters'>;
  readonly number: number;
  readonly redactor: ServerTextRedactor;
}

/**
 * Reads the answer to a request and emits its events, without the API key.
 *
 * @returns the error that the service has sent with a success status in place of an answer; undefined if it has not
 */
export async function receiveAnswer(
  answeredRequest: AnsweredRequest,
  response: TransportResponse,
  reader: AnswerReader,
  watchdog: Watchdog,
  emit: (event: ChatEvent) => void,
): Promise<ReportedError | undefined> {
  const { redactor } = answeredRequest;
  const redaction = createAnswerRedaction(redactor);
  const thoughts = createThinkTagReader();
  const emitParts = (parts: readonly AnswerPart[]): void => {
    for (const part of parts) {
      // Reasoning items must be sent back unchanged, so a key in one of them cannot be redacted.
      if (part.type === 'reasoningItems' && containsSecret(part.items, redactor)) continue;
      emit(toChatEvent(part, answeredRequest, redactor));
    }
  };
  const emitRest = (): void => {
    for (const part of redaction.end()) emitParts(thoughts.read(part));
    emitParts(thoughts.end());
  };
  try {
    await readAnswer(response, reader, watchdog, (parts) => {
      for (const part of parts) {
        for (const clear of redaction.next(part)) emitParts(thoughts.read(clear));
      }
    });
  } catch (error) {
    if (error instanceof ReportedError) return error;
    emitRest();
    throw error;
  }
  emitRest();
  return undefined;
}

/**
 * Adds the index of the request to events about the whole request, and redacts texts of the server other than
 * the answer itself.
 */
function toChatEvent(
  part: AnswerPart,
  { number: requestIndex, request }: AnsweredRequest,
  redactor: ServerTextRedactor,
): ChatEvent {
  switch (part.type) {
    case 'reasoningItems':
      return { ...part, source: reasoningSourceOf(request.endpoint, request.parameters.model) };
    case 'text':
    case 'reasoning':
    case 'refusal':
    case 'reclassifiedAsReasoning':
      return part;
    case 'toolCall': {
      const { id, name, arguments: json } = part.toolCall;
      const redact = (text: string): string => redactor.redact(text);
      return { ...part, toolCall: { id: redact(id), name: redact(name), arguments: redact(json) } };
    }
    case 'finished':
    case 'annotated':
      return redactor.redactFields(part, ['reason', 'annotations']);
    case 'identified':
      return {
        ...part,
        identity: redactor.redactFields(part.identity, ['id', 'model', 'fingerprint']),
        requestIndex,
      };
    case 'usage': {
      const others = part.usage.others?.map((count) => redactor.redactFields(count, ['name']));
      return { ...part, usage: { ...part.usage, ...(others && { others }) }, requestIndex };
    }
    case 'billed':
      return { ...part, requestIndex };
  }
}

function containsSecret(items: readonly ReasoningItem[], redactor: ServerTextRedactor): boolean {
  const json = JSON.stringify(items);
  return redactor.redact(json) !== json;
}
