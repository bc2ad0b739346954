import { stringField } from '../../json';
import type { AnswerPart } from '../events';

/** Adds the calls of tools in the items of a response, each once: an item is sent again in the whole response. */
export interface FunctionCalls {
  readonly isEmpty: boolean;
  add(parts: AnswerPart[], item: unknown): void;
}

export function createFunctionCalls(): FunctionCalls {
  const known = new Set<string>();
  return {
    get isEmpty() {
      return known.size === 0;
    },
    add(parts, item) {
      if (stringField(item, 'type') !== 'function_call') return;
      const [id, name] = [stringField(item, 'call_id'), stringField(item, 'name')];
      if (id === undefined || name === undefined || known.has(id)) return;
      known.add(id);
      const json = stringField(item, 'arguments') ?? '';
      const toolCall = { id, name, arguments: json.trim() === '' ? '{}' : json };
      parts.push({ type: 'toolCall', index: 0, toolCall });
    },
  };
}
