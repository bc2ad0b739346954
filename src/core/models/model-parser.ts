import { arrayField, field, numberField, stringField } from '../json';
import type { Price } from '../tokens/price';
import { listedCapabilities, listedRetirement, type ListedCapabilities } from './listed-capabilities';
import { parsePrice } from './price-parser';

export interface ListedModel extends ListedCapabilities {
  readonly id: string;
  /** Other names of the model. */
  readonly aliases: readonly string[];
  readonly name?: string;
  /** The context window in tokens: prompt and answer together. */
  readonly context?: number;
  /** The longest answer in tokens, including the reasoning. */
  readonly maxOutput?: number;
  readonly price?: Price;
  /** When the model was made, in seconds since 1970. */
  readonly created?: number;
  readonly retirement?: Retirement;
  /** The kind of local server, if it provides details at other addresses that its list does not contain. */
  readonly server?: LocalServer;
  /** Set if only the list of deprecations contains the model; that list does not tell chat models from others. */
  readonly unlisted?: true;
}

type LocalServer = 'ollama' | 'lm-studio' | 'llama.cpp';

/** The owner of a model in the lists of these servers. */
const LOCAL_OWNERS: ReadonlyMap<unknown, LocalServer> = new Map([
  ['library', 'ollama'],
  ['organization_owner', 'lm-studio'],
  ['llamacpp', 'llama.cpp'],
]);

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

/** Maximum numbers of entries in a list and of aliases of an entry. No service has nearly as many. */
const MAX_ENTRIES = 20_000;

const MAX_ALIASES = 50;

const CONTEXT_FIELDS = [
  'context',
  'contextLength',
  'context_length',
  'context_window',
  'max_context_length',
  'max_model_len',
  // The context window that a local server was started with. That of the model may be larger.
  'n_ctx',
];

const MAX_OUTPUT_FIELDS = [
  'maxOutput',
  'outputMax',
  'maxTokens',
  'max_output_tokens',
  'max_completion_tokens',
];

/**
 * Vercel uses `max_tokens` for the longest answer and has another field for the context window; other services use
 * `max_tokens` for the context window.
 */
const MAX_OUTPUT_FIELDS_BESIDE_CONTEXT = [...MAX_OUTPUT_FIELDS, 'max_tokens'];

/** Types of chat models: AI/ML API uses `openai/chat-completions`, Together `chat`, LM Studio `llm`. */
const CHAT_MODEL_TYPES = /chat|^(?:model|base|fine-tuned|llm|vlm|language|code|text|text-generation)$/i;

/** Whether the JSON contains a list, even an empty one. */
export function containsList(json: unknown): boolean {
  return listsIn(json).length > 0;
}

/** Rejects names that contain the key, which a server may quote. */
export type NameFilter = (name: string) => boolean;

/** Collects the entries of a list. Entries with the same ID are merged; the first one to have a field wins. */
export interface EntryReader<T> {
  add(entry: unknown): void;
  result(): readonly T[];
}

/** Reads chat models in the format of any service. Invalid values are left out; it never throws. */
export function createModelReader(isAllowed: NameFilter = () => true): EntryReader<ListedModel> {
  return createEntryReader(isAllowed, (entry) => {
    const named = field(entry, 'id') ?? field(entry, 'model') ?? field(entry, 'key');
    // Some servers list nothing but names.
    const id = idOf(typeof entry === 'string' ? entry : named, isAllowed);
    if (id === undefined || !isChatModel(entry)) return undefined;
    const parts = [
      entry,
      ...['info', 'top_provider', 'meta'].map((part) => field(entry, part)),
      // The context window with which LM Studio has loaded the model. It may be smaller than that of the model.
      field(arrayField(entry, 'loaded_instances')[0], 'config'),
    ];
    const name = nameOf(parts.map((part) => stringField(part, 'name')).find(Boolean), isAllowed);
    const context = firstCount(parts, CONTEXT_FIELDS);
    const maxOutput = firstCount(
      parts,
      context === undefined ? MAX_OUTPUT_FIELDS : MAX_OUTPUT_FIELDS_BESIDE_CONTEXT,
    );
    const price = parsePrice(field(entry, 'pricing') ?? field(entry, 'price'));
    const created = firstCount([entry], ['created']);
    const retirement = retirementOf(entry, isAllowed);
    const server = LOCAL_OWNERS.get(field(entry, 'owned_by'));
    return {
      id,
      ...listedCapabilities(entry),
      ...(name !== undefined && { name }),
      ...(context !== undefined && { context }),
      ...(maxOutput !== undefined && { maxOutput }),
      ...(price !== undefined && { price }),
      ...(created !== undefined && { created }),
      ...(retirement && { retirement }),
      ...(server && { server }),
    };
  });
}

/**
 * The retirement of a model according to the list of models itself, for services without a separate list of
 * deprecations.
 */
function retirementOf(entry: unknown, isAllowed: NameFilter): Retirement | undefined {
  const own = field(entry, 'retirement');
  const { shutdownAt, replacedBy: named } = listedRetirement(own === undefined ? entry : own, dateOf);
  const status = statusOf(own) ?? (shutdownAt === undefined ? undefined : 'deprecated');
  const replacedBy = idOf(named, isAllowed);
  return status && retirement(status, shutdownAt, replacedBy);
}

function statusOf(entry: unknown): Retirement['status'] | undefined {
  const status = stringField(entry, 'status')?.toLowerCase();
  return status === 'deprecated' || status === 'superseded' || status === 'withdrawn' ? status : undefined;
}

function retirement(
  status: Retirement['status'],
  shutdownAt: string | undefined,
  replacedBy: string | undefined,
): Retirement {
  return {
    status,
    ...(shutdownAt !== undefined && { shutdownAt }),
    ...(replacedBy !== undefined && { replacedBy }),
  };
}

/** Reads deprecations. Like `createModelReader`, it ignores invalid values and never throws. */
export function createDeprecationReader(isAllowed: NameFilter = () => true): EntryReader<Deprecation> {
  return createEntryReader(isAllowed, (entry) => {
    const id = idOf(field(entry, 'id'), isAllowed);
    const status = statusOf(entry);
    if (id === undefined || status === undefined) return undefined;
    const shutdownAt = dateOf(field(entry, 'shutdown_at') ?? field(entry, 'shutdownAt'));
    const replacedBy = idOf(field(entry, 'replaced_by') ?? field(entry, 'replacedBy'), isAllowed);
    return { id, ...retirement(status, shutdownAt, replacedBy) };
  });
}

/**
 * The chat models of a whole list. The input may also be an earlier result of this function, which the cache stores.
 */
export function parseModels(json: unknown): readonly ListedModel[] {
  return readAll(json, createModelReader());
}

export function parseDeprecations(json: unknown): readonly Deprecation[] {
  return readAll(json, createDeprecationReader());
}

/** Reads all entries of the lists in a JSON. */
export function readAll<T>(json: unknown, reader: EntryReader<T>): readonly T[] {
  for (const list of listsIn(json)) for (const entry of list) reader.add(entry);
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

/** The lists in the answer of a service: the whole JSON, or the fields `data` and `models`. */
function listsIn(json: unknown): readonly (readonly unknown[])[] {
  return [json, field(json, 'data'), field(json, 'models')].filter((list) => Array.isArray(list));
}

/** Entries without a type count as chat models. */
function isChatModel(entry: unknown): boolean {
  const type = stringField(entry, 'type');
  const capabilities = field(entry, 'capabilities');
  const flags = [
    field(capabilities, 'completion_chat'), // Mistral
    field(capabilities, 'chat_completion'), // Azure
    field(entry, 'supports_chat'), // Fireworks
    field(entry, 'active'), // Groq
  ];
  return (type === undefined || CHAT_MODEL_TYPES.test(type)) && !flags.includes(false);
}

/**
 * IDs may also be Windows paths, contain marks such as `[1m]`, or be written in Chinese, Japanese or Korean. `](` would
 * begin the target of a link.
 */
const ID = /^(?!.*\]\()[\w\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}.:/@+~ ()[\]#,=\\-]+$/u;

/**
 * An ID is stored in a setting and shown in pickers and dialogs, which interpret some characters as icons and links.
 */
function idOf(value: unknown, isAllowed: NameFilter): string | undefined {
  const name = nameOf(value, isAllowed);
  return name !== undefined && ID.test(name) ? name : undefined;
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

/** Times in seconds since 1970 outside of these years are not dates of a shutdown. */
const [MIN_SECONDS, MAX_SECONDS] = [Date.UTC(2020) / 1000, Date.UTC(2100) / 1000];

/** The date of an ISO 8601 date or timestamp, or of a time in seconds since 1970. */
function dateOf(value: unknown): string | undefined {
  if (typeof value === 'number')
    return value >= MIN_SECONDS && value <= MAX_SECONDS
      ? new Date(value * 1000).toISOString().slice(0, 10)
      : undefined;
  const day = typeof value === 'string' ? /^\d{4}-\d\d-\d\d(?=$|T)/.exec(value)?.[0] : undefined;
  return day !== undefined && !Number.isNaN(Date.parse(day)) ? day : undefined;
}
