import type { AnswerReader } from '../answers/answer-reader';
import { addText, createIdentityReader, isText } from '../answers/answer-parts';
import type { AnswerPart } from '../events';
import { fieldsOf } from '../../json';
import { addCost, addUsage } from '../answers/usage';
import { errorInChunk } from './chunk-error';
import type { ToolCallReader } from './tool-calls';
import { createReasoningReader, readContentParts, type ReasoningReader } from './reasoning-fields';

/**
 * Reads the chunks of one answer. Chunks and completions have the same fields, under `delta` or `message`. Text of
 * the same kind and choice is merged into one part.
 *
 * @param n the number of choices requested; other indexes are ignored
 * @param toolCalls absent for a request without tools, whose calls are ignored
 */
export function createChunkReader(n: number, toolCalls?: ToolCallReader): AnswerReader {
  const addIdentity = createIdentityReader();
  const reasoning: ReasoningReader[] = [];

  function addChoice(parts: AnswerPart[], choice: unknown, position: number): void {
    const { index: given, delta, message, finish_reason: reason } = fieldsOf(choice);
    // A whole answer has all of its choices in order, so some servers leave their index out.
    const index = given ?? (n === 1 || message ? position : undefined);
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= n) return;
    const fields = fieldsOf(delta ?? message);
    const reader = (reasoning[index] ??= createReasoningReader());
    const isInField = addText(parts, 'reasoning', index, reader.read(fields));
    addMessage(parts, index, fields, isInField);
    toolCalls?.read(index, fields.tool_calls);
    if (message || isText(reason)) toolCalls?.addTo(parts, index);
    // An error in place of an answer does not begin one.
    if (isText(reason) && reason !== 'error') parts.push({ type: 'finished', index, reason });
  }

  return {
    endsWith: 'mark',
    pausesWhileThinking: false,
    read(parts, json) {
      const { id, model, system_fingerprint: fingerprint, choices, usage, meta } = fieldsOf(json);
      addIdentity(parts, id, model, fingerprint);
      if (Array.isArray(choices)) choices.forEach((choice, position) => addChoice(parts, choice, position));
      if (usage) addUsage(parts, usage);
      if (meta) addCost(parts, meta);
    },
    errorIn: errorInChunk,
    end: (parts) => toolCalls?.end(parts),
  };
}

/** @param hasReasoning whether a field of its own contained the reasoning, which the content may repeat */
function addMessage(
  parts: AnswerPart[],
  index: number,
  { content, refusal, annotations }: Readonly<Record<string, unknown>>,
  hasReasoning: boolean,
): void {
  if (Array.isArray(content)) {
    const { reasoning, text } = readContentParts(content);
    if (!hasReasoning) addText(parts, 'reasoning', index, reasoning);
    addText(parts, 'text', index, text);
  } else {
    addText(parts, 'text', index, content);
  }
  addText(parts, 'refusal', index, refusal);
  if (Array.isArray(annotations) && annotations.length > 0) {
    parts.push({ type: 'annotated', index, annotations });
  }
}
