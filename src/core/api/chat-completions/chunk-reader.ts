import type { AnswerReader } from '../answers/answer-reader';
import { createIdentityReader, isNonEmptyString } from '../answers/part-batch';
import { readFinishReason } from '../answers/finish-reason';
import type { AnswerPart } from '../events';
import { fieldsOf } from '../../json';
import { addCost, addUsage } from '../answers/usage';
import { createChoiceReader, type ChoiceReader } from './choice-reader';
import { errorInChunk } from './chunk-error';
import type { ToolCallReader } from './tool-calls';

/**
 * Reads the chunks of one answer. Chunks and completions have the same fields, under `delta` or `message`. Text of
 * the same kind and choice is merged into one part.
 *
 * @param n the number of choices requested; other indexes are ignored
 * @param toolCalls absent for a request without tools, whose calls are ignored
 */
export function createChunkReader(n: number, toolCalls?: ToolCallReader): AnswerReader {
  const addIdentity = createIdentityReader();
  const readers: ChoiceReader[] = [];

  function addChoice(parts: AnswerPart[], choice: unknown, position: number): void {
    const { index: given, delta, message, text, finish_reason: reason, usage } = fieldsOf(choice);
    // A whole answer has all of its choices in order, so some servers leave their index out.
    const index = given ?? (n === 1 || message ? position : undefined);
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= n) return;
    const reader = (readers[index] ??= createChoiceReader(index, toolCalls));
    const hasEnded = isNonEmptyString(reason) && reason !== 'null';
    // Servers of the older Completions API send nothing but `text`.
    reader.read(
      parts,
      fieldsOf(delta ?? message ?? { content: text }),
      message && !delta ? 'message' : 'delta',
      hasEnded ? 'end' : undefined,
    );
    if (message || hasEnded) toolCalls?.addTo(parts, index);
    // An error in place of an answer does not count as the beginning of an answer.
    if (hasEnded && reason !== 'error') {
      parts.push({ type: 'finished', index, reason: readFinishReason(reason) });
    }
    // Where Moonshot counts the tokens.
    if (usage) addUsage(parts, usage);
  }

  return {
    endsWith: 'mark',
    pausesWhileThinking: false,
    read(parts, json) {
      const { id, model, system_fingerprint: fingerprint, choices, x_groq: groq, meta } = fieldsOf(json);
      const usage = fieldsOf(json).usage ?? fieldsOf(groq).usage;
      addIdentity(parts, id, model, fingerprint);
      if (Array.isArray(choices)) choices.forEach((choice, position) => addChoice(parts, choice, position));
      if (usage) addUsage(parts, usage);
      if (meta) addCost(parts, meta);
    },
    errorIn: errorInChunk,
    end: (parts) => toolCalls?.end(parts),
  };
}
