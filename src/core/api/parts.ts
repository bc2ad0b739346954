import { arrayField, field, numberField, stringField } from './json';

/** Tokens as the service counts them; it scales them for billing, so nothing is derived from them. */
export interface Usage {
  readonly promptTokens?: number;
  readonly completionTokens?: number;
  readonly reasoningTokens?: number;
}

/** A piece of an answer. `index` tells the alternatives of `n` apart. */
export type AnswerPart =
  /** The model that answers, as it calls itself. */
  | { readonly type: 'identified'; readonly model: string }
  | { readonly type: 'reasoning' | 'text' | 'refusal'; readonly index: number; readonly text: string }
  | { readonly type: 'finished'; readonly index: number; readonly reason: string }
  | { readonly type: 'usage'; readonly usage: Usage }
  /** US dollars that the service says it took. */
  | { readonly type: 'billed'; readonly usd: number };

/**
 * The parts in one chunk of a stream, or in a whole completion: both put them in the same places, one
 * under `delta`, the other under `message`.
 *
 * @param n alternatives asked for; choices of an index outside of it are ignored
 */
export function answerParts(json: unknown, n: number): AnswerPart[] {
  const choices = arrayField(json, 'choices');
  return [...identity(json), ...choices.flatMap((choice) => choiceParts(choice, n)), ...accounts(json)];
}

function identity(json: unknown): AnswerPart[] {
  const model = stringField(json, 'model');
  return model ? [{ type: 'identified', model }] : [];
}

function choiceParts(choice: unknown, n: number): AnswerPart[] {
  const given = field(choice, 'index');
  const index = (given ?? null) === null && n === 1 ? 0 : given;
  if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= n) return [];

  const message = field(choice, 'delta') ?? field(choice, 'message');
  const content = contentOf(message);
  // Some servers send the same thought under both names.
  const reasoning =
    stringField(message, 'reasoning_content') ?? stringField(message, 'reasoning') ?? content.thinking;
  const parts: readonly AnswerPart[] = [
    { type: 'reasoning', index, text: reasoning },
    { type: 'text', index, text: content.text },
    { type: 'refusal', index, text: stringField(message, 'refusal') ?? '' },
  ];
  const reason = stringField(choice, 'finish_reason');
  return [
    ...parts.filter((part) => !('text' in part) || part.text !== ''),
    ...(reason ? [{ type: 'finished', index, reason } as const] : []),
  ];
}

/** Content is a string, or a list of parts that some servers mix text and thinking in. */
function contentOf(message: unknown): { readonly text: string; readonly thinking: string } {
  const plain = stringField(message, 'content');
  if (plain !== undefined) return { text: plain, thinking: '' };
  const parts = arrayField(message, 'content');
  return { text: joined(parts, 'text'), thinking: joined(parts, 'thinking') };
}

function joined(parts: readonly unknown[], type: 'text' | 'thinking'): string {
  return parts
    .filter((part) => field(part, 'type') === type)
    .map((part) => stringField(part, type) ?? '')
    .join('');
}

function accounts(json: unknown): AnswerPart[] {
  const usage = field(json, 'usage');
  const usd = numberField(field(field(json, 'meta'), 'usage'), 'usd_spent');
  return [
    ...(usage ? [{ type: 'usage', usage: readUsage(usage) } as const] : []),
    ...(usd === undefined ? [] : [{ type: 'billed', usd } as const]),
  ];
}

function readUsage(usage: unknown): Usage {
  const promptTokens = numberField(usage, 'prompt_tokens');
  const completionTokens = numberField(usage, 'completion_tokens');
  const reasoningTokens = numberField(field(usage, 'completion_tokens_details'), 'reasoning_tokens');
  return {
    ...(promptTokens !== undefined && { promptTokens }),
    ...(completionTokens !== undefined && { completionTokens }),
    ...(reasoningTokens !== undefined && { reasoningTokens }),
  };
}
