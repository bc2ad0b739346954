import { arrayField, field, numberField, stringField } from '../json';
import type { Price } from '../tokens/price';

export interface ModelInfo {
  readonly id: string;
  /** Other names it answers to. */
  readonly aliases: readonly string[];
  readonly name?: string;
  /** Tokens of question and answer together. */
  readonly context?: number;
  /** Tokens of an answer. */
  readonly maxOutput?: number;
  readonly price?: Price;
  readonly retirement?: Retirement;
  /** Known from the deprecations only, which do not tell chat models from others. */
  readonly unlisted?: true;
}

export interface Retirement {
  /** Deprecated and superseded models still answer; a withdrawn one does not. */
  readonly status: 'deprecated' | 'superseded' | 'withdrawn';
  /** `YYYY-MM-DD` */
  readonly shutdownAt?: string;
  readonly replacedBy?: string;
}

export interface Deprecation extends Retirement {
  readonly id: string;
  readonly aliases: readonly string[];
}

const MAX_NAME_LENGTH = 200;

/** Entries of a list, and other names of an entry, that are read: no service has as many. */
const MAX_ENTRIES = 20_000;

const MAX_ALIASES = 50;

const CONTEXT_FIELDS = [
  'context',
  'contextLength',
  'context_length',
  'context_window',
  'max_context_length',
  'max_model_len',
  // The settings that a local server was started with take precedence over those of the model's training.
  'n_ctx',
  'n_ctx_train',
];

const MAX_OUTPUT_FIELDS = [
  'maxOutput',
  'outputMax',
  'maxTokens',
  'max_output_tokens',
  'max_completion_tokens',
];

/** Types of models that talk: AI/ML API says `openai/chat-completions`, Together `chat`, LM Studio `llm`. */
const CHAT_MODEL_TYPES = /chat|^(?:model|base|fine-tuned|llm|vlm|language|code|text|text-generation)$/i;

/** Whether there is a list in it at all, be it empty. */
export function containsList(json: unknown): boolean {
  return listOf(json) !== undefined;
}

/** Names that may hold nothing that is a secret; a server likes to quote the key. */
export type NameFilter = (name: string) => boolean;

/** Takes the entries of a list one by one. Those of one id become one, of which the first to say something is right. */
export interface EntryReader<T> {
  add(entry: unknown): void;
  result(): readonly T[];
}

/** Of chat models in any dialect. What makes no sense is left out, never an exception. */
export function createModelReader(allowed: NameFilter = () => true): EntryReader<ModelInfo> {
  return createEntryReader(allowed, (entry) => {
    const id = idOf(field(entry, 'id') ?? field(entry, 'model'), allowed);
    if (id === undefined || !isChatModel(entry)) return undefined;
    const parts = [entry, ...['info', 'top_provider', 'meta'].map((part) => field(entry, part))];
    const name = nameOf(parts.map((part) => stringField(part, 'name')).find(Boolean), allowed);
    const context = firstCount(parts, CONTEXT_FIELDS);
    const maxOutput = firstCount(parts, MAX_OUTPUT_FIELDS);
    const price = priceOf(field(entry, 'pricing') ?? field(entry, 'price'));
    return {
      id,
      ...(name !== undefined && { name }),
      ...(context !== undefined && { context }),
      ...(maxOutput !== undefined && { maxOutput }),
      ...(price !== undefined && { price }),
    };
  });
}

/** As lenient as `createModelReader`. */
export function createDeprecationReader(allowed: NameFilter = () => true): EntryReader<Deprecation> {
  return createEntryReader(allowed, (entry) => {
    const id = idOf(field(entry, 'id'), allowed);
    const status = stringField(entry, 'status')?.toLowerCase();
    if (id === undefined) return undefined;
    if (status !== 'deprecated' && status !== 'superseded' && status !== 'withdrawn') return undefined;
    const shutdownAt = dateOf(field(entry, 'shutdown_at') ?? field(entry, 'shutdownAt'));
    const replacedBy = idOf(field(entry, 'replaced_by') ?? field(entry, 'replacedBy'), allowed);
    return {
      id,
      status,
      ...(shutdownAt !== undefined && { shutdownAt }),
      ...(replacedBy !== undefined && { replacedBy }),
    };
  });
}

/** The chat models of a whole list, and of what this function gave before. */
export function parseModels(json: unknown): readonly ModelInfo[] {
  return readAll(json, createModelReader());
}

export function parseDeprecations(json: unknown): readonly Deprecation[] {
  return readAll(json, createDeprecationReader());
}

function readAll<T>(json: unknown, reader: EntryReader<T>): readonly T[] {
  for (const entry of listOf(json) ?? []) reader.add(entry);
  return reader.result();
}

function createEntryReader<T extends { readonly id: string }>(
  allowed: NameFilter,
  read: (entry: unknown) => T | undefined,
): EntryReader<T & { readonly aliases: readonly string[] }> {
  const found = new Map<string, { readonly item: T; readonly aliases: Set<string> }>();
  let entries = 0;
  return {
    add(entry) {
      entries++;
      const item = entries > MAX_ENTRIES ? undefined : read(entry);
      if (!item) return;
      const known = found.get(item.id);
      const aliases = known?.aliases ?? new Set();
      for (const value of arrayField(entry, 'aliases').slice(0, MAX_ALIASES)) {
        const alias = idOf(value, allowed);
        if (alias !== undefined && alias !== item.id) aliases.add(alias);
      }
      found.set(item.id, { item: { ...item, ...known?.item }, aliases });
    },
    result: () => Array.from(found.values(), ({ item, aliases }) => ({ ...item, aliases: [...aliases] })),
  };
}

function listOf(json: unknown): readonly unknown[] | undefined {
  return [json, field(json, 'data'), field(json, 'models')].find((list) => Array.isArray(list));
}

/** A list that names no types is one of chat models, as far as it says. */
function isChatModel(entry: unknown): boolean {
  const type = stringField(entry, 'type');
  const mistral = field(field(entry, 'capabilities'), 'completion_chat');
  return (type === undefined || CHAT_MODEL_TYPES.test(type)) && mistral !== false;
}

/** An id becomes a setting, and stands in pickers and dialogs, which take some signs for icons and links. */
function idOf(value: unknown, allowed: NameFilter): string | undefined {
  const name = nameOf(value, allowed);
  return name !== undefined && /^[\w.:/@+~ -]+$/.test(name) ? name : undefined;
}

/** A name that can be shown in a list and stored in a setting; undefined if it is too long or has invisible characters. */
function nameOf(value: unknown, allowed: NameFilter): string | undefined {
  if (typeof value !== 'string' || value === '' || value.length > MAX_NAME_LENGTH) return undefined;
  if (value.trim() !== value || /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(value)) return undefined;
  return allowed(value) ? value : undefined;
}

function firstCount(parts: readonly unknown[], names: readonly string[]): number | undefined {
  return names
    .flatMap((name) => parts.map((part) => numberField(part, name)))
    .find((count) => count !== undefined && Number.isSafeInteger(count) && count > 0);
}

/** The day of a date or of a point in time. */
function dateOf(value: unknown): string | undefined {
  const day = typeof value === 'string' ? /^\d{4}-\d\d-\d\d(?=$|T)/.exec(value)?.[0] : undefined;
  return day !== undefined && !Number.isNaN(Date.parse(day)) ? day : undefined;
}

const MILLION = 1_000_000;

/** US dollars per million tokens that a price may be; more is none. */
const MAX_DOLLARS_PER_MILLION = 100_000;

/**
 * A price in any of its dialects: AI/ML API's units, dollars per million tokens as `input` and `output`, or
 * OpenRouter's dollars per token as `prompt` and `completion`. Half a price is none.
 */
function priceOf(pricing: unknown): Price | undefined {
  const input =
    unitPrice(pricing, 'provided') ??
    dollars(field(pricing, 'input'), 1) ??
    dollars(field(pricing, 'prompt'), MILLION);
  const output =
    unitPrice(pricing, 'generated') ??
    dollars(field(pricing, 'output'), 1) ??
    dollars(field(pricing, 'completion'), MILLION);
  return input !== undefined && output !== undefined ? { input, output } : undefined;
}

/** Units differ in how many tokens they are the price of, so one that does not say it is no price. */
function unitPrice(pricing: unknown, origin: string): number | undefined {
  const unit = arrayField(pricing, 'units').find(
    (candidate) =>
      stringField(candidate, 'name') === 'token' &&
      (stringField(candidate, 'content') ?? 'text') === 'text' &&
      stringField(candidate, 'origin') === origin,
  );
  const per = field(unit, 'per');
  return typeof per === 'number' && per > 0 ? dollars(field(unit, 'price'), MILLION / per) : undefined;
}

/** Negative is how OpenRouter says that a price depends. */
function dollars(value: unknown, factor: number): number | undefined {
  const written = typeof value === 'string' && /^\d*\.?\d+(?:e[-+]?\d+)?$/i.test(value);
  const amount = written ? Number(value) : value;
  if (typeof amount !== 'number' || !(amount >= 0 && amount * factor <= MAX_DOLLARS_PER_MILLION))
    return undefined;
  // 0.0000011 times a million is not quite 1.1; and no price is minus zero.
  return Math.max(0, Number((amount * factor).toPrecision(12)));
}
