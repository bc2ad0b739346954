import { arrayField, field, fieldsOf, numberField, stringField, isObject } from '../../json';
import type { Identity, AnswerPart, TextPart, Usage } from '../events';

/** A text part while its batch is assembled. */
type MutableTextPart = { -readonly [name in keyof TextPart]: TextPart[name] };

/** Appends the parts of one chunk of a stream, or of a whole completion, to a batch. */
export type PartReader = (parts: AnswerPart[], json: unknown) => void;

/**
 * Reads the chunks of one answer. Chunks and completions have the same fields, under `delta` or `message`. Text of
 * the same kind and choice is merged into one part.
 *
 * @param n the number of choices requested; other indexes are ignored
 */
export function createPartReader(n: number): PartReader {
  let identity: Identity | undefined;
  return (parts, json) => {
    const { id, model, system_fingerprint: fingerprint, choices, usage, meta } = fieldsOf(json);
    // Every chunk repeats the identity.
    if (
      hasChanged(id, identity?.id) ||
      hasChanged(model, identity?.model) ||
      hasChanged(fingerprint, identity?.fingerprint)
    ) {
      identity = identityOf(id, model, fingerprint);
      parts.push({ type: 'identified', identity });
    }
    if (Array.isArray(choices)) for (const choice of choices) addChoice(parts, choice, n);
    if (usage) addUsage(parts, usage);
    if (meta) addCost(parts, meta);
  };
}

function hasChanged(value: unknown, before: string | undefined): boolean {
  return isText(value) && value !== before;
}

function identityOf(id: unknown, model: unknown, fingerprint: unknown): Identity {
  return {
    ...(isText(id) && { id }),
    ...(isText(model) && { model }),
    ...(isText(fingerprint) && { fingerprint }),
  };
}

/** An empty usage object must not replace an earlier one. */
function addUsage(parts: AnswerPart[], json: unknown): void {
  const usage = readUsage(json);
  if (Object.keys(usage).length > 0) parts.push({ type: 'usage', usage });
}

/** Largest cost of one request in US dollars; larger values are not credible. */
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

/** Returns false if there is no text. */
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

const USAGE_PATHS = {
  promptTokens: 'prompt_tokens',
  completionTokens: 'completion_tokens',
  totalTokens: 'total_tokens',
  cachedTokens: 'prompt_tokens_details.cached_tokens',
  reasoningTokens: 'completion_tokens_details.reasoning_tokens',
} as const;

/** Number of other counts that are kept, as the server is not trusted. */
const MAX_OTHER_COUNTS = 40;

const MAX_COUNT_NAME_LENGTH = 80;

/** Largest credible count. */
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
