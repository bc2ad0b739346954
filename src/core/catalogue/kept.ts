import { holdsList, parseDeprecations, parseModels, type CatalogueModel, type Deprecation } from './format';
import { field, parseJson } from '../api/json';

/** Earlier responses of a service. */
export interface Kept {
  readonly models: KeptList<CatalogueModel>;
  readonly deprecations?: KeptList<Deprecation>;
}

export interface KeptList<T> {
  readonly list: readonly T[];
  readonly etag?: string;
}

/** To be raised when the parsers learn something: by its ETag a list would stay as they have read it. */
const version = 1;

export function serializeKept(kept: Kept): string {
  return JSON.stringify({ version, ...kept });
}

/** Characters of a file that are read: more than all lists that are kept could have. */
const MAX_KEPT_SIZE = 32 * 1024 * 1024;

/** Through the same checks as what comes from a server: a file may hold anything. */
export function parseKept(text: string): Kept | undefined {
  const json = text.length <= MAX_KEPT_SIZE ? parseJson(text) : undefined;
  if (field(json, 'version') !== version) return undefined;
  const models = keptList(field(json, 'models'), parseModels);
  const deprecations = keptList(field(json, 'deprecations'), parseDeprecations);
  return models && { models, ...(deprecations && { deprecations }) };
}

/** The list as it is kept, with its ETag where that has the form of the standard: a header must carry it. */
export function toKeep<T>(list: readonly T[], etag: unknown): KeptList<T> {
  const valid = typeof etag === 'string' && /^(?:W\/)?"[\x21\x23-\x7e]{0,200}"$/.test(etag);
  return { list, ...(valid && { etag }) };
}

function keptList<T>(json: unknown, parse: (json: unknown) => readonly T[]): KeptList<T> | undefined {
  const list = field(json, 'list');
  return holdsList(list) ? toKeep(parse(list), field(json, 'etag')) : undefined;
}
