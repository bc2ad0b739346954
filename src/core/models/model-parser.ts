import { arrayField, field, numberField, stringField } from '../json';
import type { Price } from '../tokens/price';

export interface ModelInfo {
  readonly id: string;
  /** Other names of the model. */
  readonly aliases: readonly string[];
  readonly name?: string;
  /** The context window in tokens: prompt and answer together. */
  readonly context?: number;
  /** The longest answer in tokens, including the reasoning. */
  readonly maxOutput?: number;
  readonly price?: Price;
  readonly retirement?: Retirement;
  /** Set if only the list of deprecations contains the model; that list does not tell chat models from others. */
  readonly unlisted?: true;
}

export interface Retirement {
  /** Deprecated and superseded models still work; withdrawn ones do not. */
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

/** Numbers of entries in a list and of aliases of an entry that are read, far above those of any service. */
const MAX_ENTRIES = 20_000;

const MAX_ALIASES = 50;

const CONTEXT_FIELDS = [
  'context',
  'contextLength',
  'context_length',
  'context_window',
  'max_context_length',
  'max_model_len',
  // The options of a local server take precedence over the limits of the model's training.
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

/** Types of chat models: AI/ML API uses `openai/chat-completions`, Together `chat`, LM Studio `llm`. */
const CHAT_MODEL_TYPES = /chat|^(?:model|base|fine-tuned|llm|vlm|language|code|text|text-generation)$/i;

/** Whether the JSON contains a list, even an empty one. */
export function containsList(json: unknown): boolean {
  return listOf(json) !== undefined;
}

/** Rejects names that contain the key, which a server may quote. */
export type NameFilter = (name: string) => boolean;

/** Collects the entries of a list. Entries with the same ID are merged; the first one to have a field wins. */
export interface EntryReader<T> {
  add(entry: unknown): void;
  result(): readonly T[];
}

/** Reads chat models in the format of any service. Invalid values are left out; it never throws. */
export function createModelReader(isAllowed: NameFilter = () => true): EntryReader<ModelInfo> {
  return createEntryReader(isAllowed, (entry) => {
    const id = idOf(field(entry, 'id') ?? field(entry, 'model'), isAllowed);
    if (id === undefined || !isChatModel(entry)) return undefined;
    const parts = [entry, ...['info', 'top_provider', 'meta'].map((part) => field(entry, part))];
    const name = nameOf(parts.map((part) => stringField(part, 'name')).find(Boolean), isAllowed);
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

/** Reads deprecations, as lenient as `createModelReader`. */
export function createDeprecationReader(isAllowed: NameFilter = () => true): EntryReader<Deprecation> {
  return createEntryReader(isAllowed, (entry) => {
    const id = idOf(field(entry, 'id'), isAllowed);
    const status = stringField(entry, 'status')?.toLowerCase();
    if (id === undefined) return undefined;
    if (status !== 'deprecated' && status !== 'superseded' && status !== 'withdrawn') return undefined;
    const shutdownAt = dateOf(field(entry, 'shutdown_at') ?? field(entry, 'shutdownAt'));
    const replacedBy = idOf(field(entry, 'replaced_by') ?? field(entry, 'replacedBy'), isAllowed);
    return {
      id,
      status,
      ...(shutdownAt !== undefined && { shutdownAt }),
      ...(replacedBy !== undefined && { replacedBy }),
    };
  });
}

/** The chat models of a whole list. Also reads its own result again. */
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
  isAllowed: NameFilter,
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
        const alias = idOf(value, isAllowed);
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

/** Entries without a type are taken for chat models. */
function isChatModel(entry: unknown): boolean {
  const type = stringField(entry, 'type');
  const mistral = field(field(entry, 'capabilities'), 'completion_chat');
  return (type === undefined || CHAT_MODEL_TYPES.test(type)) && mistral !== false;
}

/**
 * An ID is stored in a setting and shown in pickers and dialogs, which interpret some characters as icons and links.
 */
function idOf(value: unknown, isAllowed: NameFilter): string | undefined {
  const name = nameOf(value, isAllowed);
  return name !== undefined && /^[\w.:/@+~ -]+$/.test(name) ? name : undefined;
}

/** A name that is short enough and has no invisible characters; otherwise undefined. */
function nameOf(value: unknown, isAllowed: NameFilter): string | undefined {
  if (typeof value !== 'string' || value === '' || value.length > MAX_NAME_LENGTH) return undefined;
  if (value.trim() !== value || /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(value)) return undefined;
  return isAllowed(value) ? value : undefined;
}

function firstCount(parts: readonly unknown[], names: readonly string[]): number | undefined {
  return names
    .flatMap((name) => parts.map((part) => numberField(part, name)))
    .find((count) => count !== undefined && Number.isSafeInteger(count) && count > 0);
}

/** The date of an ISO 8601 date or timestamp. */
function dateOf(value: unknown): string | undefined {
  const day = typeof value === 'string' ? /^\d{4}-\d\d-\d\d(?=$|T)/.exec(value)?.[0] : undefined;
  return day !== undefined && !Number.isNaN(Date.parse(day)) ? day : undefined;
}

const MILLION = 1_000_000;

/** Largest credible price in US dollars per million tokens. */
const MAX_DOLLARS_PER_MILLION = 100_000;

/**
 * A price in any format: the units of AI/ML API, `input` and `output` in dollars per million tokens, or `prompt` and
 * `completion` in dollars per token (OpenRouter). Undefined if one of the two is missing.
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

/** A unit states the number of tokens that its price is for; without it, the price is unknown. */
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

/** OpenRouter uses negative prices for "it depends". */
function dollars(value: unknown, factor: number): number | undefined {
  const written = typeof value === 'string' && /^\d*\.?\d+(?:e[-+]?\d+)?$/i.test(value);
  const amount = written ? Number(value) : value;
  if (typeof amount !== 'number' || !(amount >= 0 && amount * factor <= MAX_DOLLARS_PER_MILLION))
    return undefined;
  // Rounded, because 0.0000011 times a million is not exactly 1.1; `Math.max` also turns -0 into 0.
  return Math.max(0, Number((amount * factor).toPrecision(12)));
}
