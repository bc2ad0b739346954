import { arrayField, field, fieldsOf, numberField, stringField, isObject } from '../../json';
import type { Identity, AnswerPart, TextPart, Usage } from '../events';

/** A text while the parts of its batch are put together. */
type MutableTextPart = { -readonly [name in keyof TextPart]: TextPart[name] };

/** Adds the parts in one chunk of a stream, or in a whole completion, to those before it in their batch. */
export type PartReader = (parts: AnswerPart[], json: unknown) => void;

/**
 * Reads one answer. Chunk and completion have the same in the same places, one under `delta`, the other
 * under `message`. A text that goes on is one part.
 *
 * @param n alternatives asked for; choices of an index outside of it are ignored
 */
export function createPartReader(n: number): PartReader {
  let said: Identity | undefined;
  return (parts, json) => {
    const { id, model, system_fingerprint: fingerprint, choices, usage, meta } = fieldsOf(json);
    // Each chunk repeats the identity.
    if (
      hasChanged(id, said?.id) ||
      hasChanged(model, said?.model) ||
      hasChanged(fingerprint, said?.fingerprint)
    ) {
      said = identityOf(id, model, fingerprint);
      parts.push({ type: 'identified', identity: said });
    }
    if (Array.isArray(choices)) for (const choice of choices) addChoice(parts, choice, n);
    if (usage) addUsage(parts, usage);
    if (meta) addCost(parts, meta);
  };
}

function hasChanged(value: unknown, said: string | undefined): boolean {
  return isText(value) && value !== said;
}

function identityOf(id: unknown, model: unknown, fingerprint: unknown): Identity {
  return {
    ...(isText(id) && { id }),
    ...(isText(model) && { model }),
    ...(isText(fingerprint) && { fingerprint }),
  };
}

/** One that counts nothing takes no place of one that did. */
function addUsage(parts: AnswerPart[], json: unknown): void {
  const usage = readUsage(json);
  if (Object.keys(usage).length > 0) parts.push({ type: 'usage', usage });
}

/** US dollars that one question may be billed with; more is no bill. */
const MAX_COST_DOLLARS = 10_000;

function addCost(parts: AnswerPart[], meta: unknown): void {
  const usd = numberField(field(meta, 'usage'), 'usd_spent');
  if (usd !== undefined && usd >= 0 && usd <= MAX_COST_DOLLARS) parts.push({ type: 'billed', usd });
}

function addChoice(parts: AnswerPart[], choice: unknown, n: number): void {
  const { index: given, delta, message, finish_reason: reason } = fieldsOf(choice);
  const index = n === 1 ? (given ?? 0) : given;
  if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index >= n) return;

  const { content, reasoning, reasoning_content, refusal, annotations } = fieldsOf(delta ?? message);
  // Some servers send the same thought under both names.
  if (!addText(parts, 'reasoning', index, reasoning_content)) addText(parts, 'reasoning', index, reasoning);
  if (Array.isArray(content)) addText(parts, 'reasoning', index, joined(content, 'thinking'));
  addText(parts, 'text', index, Array.isArray(content) ? joined(content, 'text') : content);
  addText(parts, 'refusal', index, refusal);
  if (Array.isArray(annotations) && annotations.length > 0) {
    parts.push({ type: 'annotated', index, annotations });
  }
  if (isText(reason)) parts.push({ type: 'finished', index, reason });
}

/** False where there is no text. */
function addText(parts: AnswerPart[], type: TextPart['type'], index: number, text: unknown): boolean {
  if (!isText(text)) return false;
  const last = parts.at(-1);
  if (last?.type === type && last.index === index) (last as MutableTextPart).text += text;
  else parts.push({ type, index, text });
  return true;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** The texts of a kind in content that is a list of parts; a thought may itself hold a list of texts. */
function joined(parts: readonly unknown[], type: 'text' | 'thinking'): string {
  return parts
    .filter((part) => field(part, 'type') === type)
    .map((part) => stringField(part, type) ?? textsOf(arrayField(part, type)))
    .join('');
}

function textsOf(parts: readonly unknown[]): string {
  return parts.map((part) => stringField(part, 'text') ?? '').join('');
}

const USAGE_PATHS = {
  promptTokens: 'prompt_tokens',
  completionTokens: 'completion_tokens',
  totalTokens: 'total_tokens',
  cachedTokens: 'prompt_tokens_details.cached_tokens',
  reasoningTokens: 'completion_tokens_details.reasoning_tokens',
} as const;

/** Counts that are kept besides the known ones, and how long their names may be: the server is not trusted. */
const MAX_OTHER_COUNTS = 40;

const MAX_COUNT_NAME_LENGTH = 80;

/** Tokens that anything can have. */
const MAX_TOKENS = 1e12;

function readUsage(json: unknown): Usage {
  const counts = new Map(numbersIn(json, ''));
  const known = Object.entries(USAGE_PATHS).flatMap(([name, path]) => {
    const count = counts.get(path);
    counts.delete(path);
    return count === undefined ? [] : [[name, count] as const];
  });
  const others = [...counts]
    .filter(([name, tokens]) => tokens !== 0 && name.length <= MAX_COUNT_NAME_LENGTH)
    .map(([name, tokens]) => ({ name, tokens }));
  return {
    ...Object.fromEntries(known),
    ...(others.length > 0 && { others: others.slice(0, MAX_OTHER_COUNTS) }),
  };
}

function numbersIn(json: unknown, prefix: string): readonly (readonly [string, number])[] {
  if (!isObject(json)) return [];
  return Object.keys(json).flatMap((name) => {
    const count = numberField(json, name);
    if (count !== undefined) return count < 0 || count > MAX_TOKENS ? [] : [[prefix + name, count] as const];
    return prefix === '' ? numbersIn(field(json, name), `${name}.`) : [];
  });
}
