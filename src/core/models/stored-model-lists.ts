import {
  containsList,
  parseDeprecations,
  parseModels,
  type ListedModel,
  type Deprecation,
} from './model-parser';
import { field, numberField, parseJson } from '../json';

/** The last known lists of a service, as they are cached. */
export interface StoredModelLists {
  readonly models: StoredList<ListedModel>;
  readonly deprecations?: StoredList<Deprecation>;
  /** When the service last sent or confirmed the lists, in ms since 1970; absent in files of earlier versions. */
  readonly readAt?: number;
}

export interface StoredList<T> {
  readonly list: readonly T[];
  readonly etag?: string;
}

/** Increase it when the parsers read more, as an unchanged ETag would otherwise keep the old result. */
const FORMAT_VERSION = 2;

/**
 * Lists of this version lack properties, so they are requested again. Until then, and while the service cannot be
 * reached, they are used.
 */
const EARLIER_VERSION = 1;

export function serializeModelLists(lists: StoredModelLists): string {
  return JSON.stringify({ version: FORMAT_VERSION, ...lists });
}

/** Longest cache file that is read, in characters: more than the largest possible lists. */
const MAX_STORED_LENGTH = 32 * 1024 * 1024;

/** Validated like a response of the server, because a file may contain anything. */
export function parseStoredModelLists(text: string): StoredModelLists | undefined {
  const json = text.length <= MAX_STORED_LENGTH ? parseJson(text) : undefined;
  const version = field(json, 'version');
  if (version !== FORMAT_VERSION && version !== EARLIER_VERSION) return undefined;
  const isCurrent = version === FORMAT_VERSION;
  const models = parseStoredList(field(json, 'models'), parseModels, isCurrent);
  const deprecations = parseStoredList(field(json, 'deprecations'), parseDeprecations, isCurrent);
  const readAt = numberField(json, 'readAt');
  return models && { models, ...(deprecations && { deprecations }), ...(readAt !== undefined && { readAt }) };
}

/** The list as it is stored. The ETag is kept only if it is valid for a header (RFC 9110). */
export function storedListOf<T>(list: readonly T[], etag: unknown): StoredList<T> {
  const valid = typeof etag === 'string' && /^(?:W\/)?"[\x21\x23-\x7e]{0,200}"$/.test(etag);
  return { list, ...(valid && { etag }) };
}

function parseStoredList<T>(
  json: unknown,
  parse: (json: unknown) => readonly T[],
  isCurrent: boolean,
): StoredList<T> | undefined {
  const list = field(json, 'list');
  return containsList(list)
    ? storedListOf(parse(list), isCurrent ? field(json, 'etag') : undefined)
    : undefined;
}
