import {
  containsList,
  parseDeprecations,
  parseModels,
  type ModelInfo,
  type Deprecation,
} from './model-parser';
import { field, parseJson } from '../json';

/** Earlier responses of a service. */
export interface StoredModelLists {
  readonly models: StoredList<ModelInfo>;
  readonly deprecations?: StoredList<Deprecation>;
}

export interface StoredList<T> {
  readonly list: readonly T[];
  readonly etag?: string;
}

/** To be raised when the parsers learn something: by its ETag a list would stay as they have read it. */
const FORMAT_VERSION = 1;

export function serializeModelLists(kept: StoredModelLists): string {
  return JSON.stringify({ version: FORMAT_VERSION, ...kept });
}

/** Characters of a file that are read: more than all lists that are kept could have. */
const MAX_STORED_LENGTH = 32 * 1024 * 1024;

/** Through the same checks as what comes from a server: a file may hold anything. */
export function parseStoredModelLists(text: string): StoredModelLists | undefined {
  const json = text.length <= MAX_STORED_LENGTH ? parseJson(text) : undefined;
  if (field(json, 'version') !== FORMAT_VERSION) return undefined;
  const models = parseStoredList(field(json, 'models'), parseModels);
  const deprecations = parseStoredList(field(json, 'deprecations'), parseDeprecations);
  return models && { models, ...(deprecations && { deprecations }) };
}

/** The list as it is kept, with its ETag where that has the form of the standard: a header must carry it. */
export function storedListOf<T>(list: readonly T[], etag: unknown): StoredList<T> {
  const valid = typeof etag === 'string' && /^(?:W\/)?"[\x21\x23-\x7e]{0,200}"$/.test(etag);
  return { list, ...(valid && { etag }) };
}

function parseStoredList<T>(
  json: unknown,
  parse: (json: unknown) => readonly T[],
): StoredList<T> | undefined {
  const list = field(json, 'list');
  return containsList(list) ? storedListOf(parse(list), field(json, 'etag')) : undefined;
}
