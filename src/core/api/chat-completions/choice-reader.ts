import { addText, isNonEmptyString } from '../answers/part-batch';
import {
  addToProgress,
  beginsWith,
  mayBePartOf,
  missingText,
  emptyProgress,
  type TextProgress,
} from '../answers/text-progress';
import type { AnswerPart, TextPart } from '../events';
import { createReasoningReader, readContentParts } from './reasoning-fields';
import type { ToolCallReader } from './tool-calls';

/**
 * Reads the deltas of one choice, or its message. Some servers send both: a message that follows deltas contains the
 * whole answer again, of which only the part that is missing is added.
 */
export interface ChoiceReader {
  /**
   * @param source whether the fields are an addition, or the whole answer
   * @param end given with the finish reason of the choice
   */
  read(
    parts: AnswerPart[],
    fields: Readonly<Record<string, unknown>>,
    source: 'delta' | 'message',
    end: 'end' | undefined,
  ): void;
}

/** @param toolCalls absent for a request without tools, whose calls are ignored */
export function createChoiceReader(index: number, toolCalls: ToolCallReader | undefined): ChoiceReader {
  const reasoningReader = createReasoningReader();
  const received = { text: emptyProgress(), refusal: emptyProgress(), reasoning: emptyProgress() };
  let hasAnnotations = false;
  let hasCalls = false;
  let hasEnded = false;

  /** Text of messages without deltas is not remembered, because some servers send each piece as a message. */
  function add(parts: AnswerPart[], type: TextPart['type'], text: unknown, isWhole: boolean): void {
    if (!isNonEmptyString(text)) return;
    const before = received[type];
    const added = isWhole && !isPiece(text, before) ? missingText(text, before, 0) : text;
    if (!isWhole || before.length > 0) addToProgress(before, added);
    addText(parts, type, index, added);
  }

  /** Some servers send pieces as messages even after a delta. The whole text comes at the end, perhaps trimmed. */
  function isPiece(text: string, before: TextProgress): boolean {
    if (beginsWith(text, before)) return false;
    return !hasEnded || (text.length < before.length && !mayBePartOf(text, before));
  }

  return {
    read(parts, fields, source, end) {
      hasEnded ||= end !== undefined;
      const isWhole = source === 'message';
      const { content, refusal, annotations, tool_calls: calls } = fields;
      const fromField = reasoningReader.read(fields);
      add(parts, 'reasoning', fromField, isWhole);
      if (Array.isArray(content)) {
        const { reasoning, text } = readContentParts(content);
        // The content may repeat the reasoning of a field.
        if (fromField === '') add(parts, 'reasoning', reasoning, isWhole);
        add(parts, 'text', text, isWhole);
      } else {
        add(parts, 'text', content, isWhole);
      }
      add(parts, 'refusal', refusal, isWhole);
      if (Array.isArray(annotations) && annotations.length > 0 && !(isWhole && hasAnnotations)) {
        hasAnnotations = true;
        parts.push({ type: 'annotated', index, annotations });
      }
      if (!(isWhole && hasCalls)) toolCalls?.read(index, calls);
      hasCalls ||= Array.isArray(calls) && calls.length > 0;
    },
  };
}
