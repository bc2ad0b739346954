import type { AnswerReader } from '../answer';
import { addText, createIdentityReader, isText } from '../answer-parts';
import type { AnswerPart } from '../events';
import { arrayField, field, fieldsOf, stringField } from '../../json';
import { addCost, addUsage } from '../usage';

/**
 * Reads the chunks of one answer. Chunks and completions have the same fields, under `delta` or `message`. Text of
 * the same kind and choice is merged into one part.
 *
 * @param n the number of choices requested; other indexes are ignored
 */
export function createChunkReader(n: number): AnswerReader {
  const addIdentity = createIdentityReader();
  return {
    endsWith: 'mark',
    pausesWhileThinking: false,
    read(parts, json) {
      const { id, model, system_fingerprint: fingerprint, choices, usage, meta } = fieldsOf(json);
      addIdentity(parts, id, model, fingerprint);
      if (Array.isArray(choices)) for (const choice of choices) addChoice(parts, choice, n);
      if (usage) addUsage(parts, usage);
      if (meta) addCost(parts, meta);
    },
    errorIn: (json) => (fieldsOf(json).error ? json : undefined),
    end: () => undefined,
  };
}

function addChoice(parts: AnswerPart[], choice: unknown, n: number): void {
  const { index: given, delta, message, finish_reason: reason } = fieldsOf(choice);
  const index = n === 1 ? (given ?? 0) : given;
  if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= n) return;

  const { content, reasoning, reasoning_content, refusal, annotations } = fieldsOf(delta ?? message);
  // Some servers send the same reasoning in both fields.
  if (!addText(parts, 'reasoning', index, reasoning_content)) addText(parts, 'reasoning', index, reasoning);
  if (Array.isArray(content)) addText(parts, 'reasoning', index, joinTexts(content, 'thinking'));
  addText(parts, 'text', index, Array.isArray(content) ? joinTexts(content, 'text') : content);
  addText(parts, 'refusal', index, refusal);
  if (Array.isArray(annotations) && annotations.length > 0) {
    parts.push({ type: 'annotated', index, annotations });
  }
  if (isText(reason)) parts.push({ type: 'finished', index, reason });
}

/** The texts of one type in content that is a list of parts. Reasoning may itself contain a list of texts. */
function joinTexts(parts: readonly unknown[], type: 'text' | 'thinking'): string {
  return parts
    .filter((part) => field(part, 'type') === type)
    .map((part) => stringField(part, type) ?? textsOf(arrayField(part, type)))
    .join('');
}

function textsOf(parts: readonly unknown[]): string {
  return parts.map((part) => stringField(part, 'text') ?? '').join('');
}
