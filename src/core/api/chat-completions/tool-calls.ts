import type { AnswerPart } from '../events';
import type { ToolCall } from '../tools';
import { arrayField, fieldsOf, parseJson } from '../../json';

/** Collects the calls of tools in an answer, whose arguments arrive in pieces. */
export interface ToolCallReader {
  /** @param calls the `tool_calls` of a delta or of a message */
  read(index: number, calls: unknown): void;
  /** Adds the calls of a choice that has ended. */
  addTo(parts: AnswerPart[], index: number): void;
  /** Adds the other calls at the end of the stream, without one whose arguments were cut off. */
  end(parts: AnswerPart[]): void;
}

/** A call while its arguments arrive. */
interface PartialCall {
  id: string;
  name: string;
  json: string;
  /** Tells the calls of one choice apart; some servers leave it out, or send 0 for all. */
  readonly position: unknown;
}

/** Calls of one choice that are read. */
const MAX_CALLS = 128;

export function createToolCallReader(): ToolCallReader {
  const choices = new Map<number, PartialCall[]>();
  let added = 0;

  function callOf(calls: PartialCall[], position: unknown, id: string): PartialCall | undefined {
    const known =
      position === undefined ? calls.at(-1) : calls.findLast((call) => call.position === position);
    if (known && (id === '' || known.id === '' || known.id === id)) return known;
    if (calls.length >= MAX_CALLS) return undefined;
    const call: PartialCall = { id, name: '', json: '', position };
    calls.push(call);
    return call;
  }

  function addCalls(parts: AnswerPart[], index: number): void {
    for (const call of choices.get(index) ?? []) {
      added++;
      if (call.name !== '') parts.push({ type: 'toolCall', index, toolCall: toolCallOf(call, added) });
    }
    choices.delete(index);
  }

  return {
    read(index, calls) {
      const known = choices.get(index) ?? [];
      for (const json of arrayField({ calls }, 'calls')) {
        const { index: position, id, function: called } = fieldsOf(json);
        const call = callOf(known, position, textOf(id));
        if (!call) continue;
        const { name, arguments: piece } = fieldsOf(called);
        call.id ||= textOf(id);
        call.name ||= textOf(name);
        // Some local servers send the arguments as an object.
        call.json += typeof piece === 'object' && piece !== null ? JSON.stringify(piece) : textOf(piece);
      }
      if (known.length > 0) choices.set(index, known);
    },
    addTo: addCalls,
    end(parts) {
      for (const [index, calls] of choices) {
        choices.set(
          index,
          calls.filter(({ json }) => json.trim() === '' || parseJson(json) !== undefined),
        );
        addCalls(parts, index);
      }
    },
  };
}

/** @param number replaces an ID that the server has left out */
function toolCallOf({ id, name, json }: PartialCall, number: number): ToolCall {
  return { id: id || `call_${number}`, name, arguments: json.trim() === '' ? '{}' : json };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
