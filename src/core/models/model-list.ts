import type { Clock } from '../clock';
import {
  createDeprecationReader,
  createModelReader,
  type ListedModel,
  type EntryReader,
  type NameFilter,
} from './model-parser';
import {
  parseStoredModelLists,
  serializeModelLists,
  storedListOf,
  type StoredModelLists,
  type StoredList,
} from './stored-model-lists';
import type { LocalServerRequest } from './local-server-details';
import { MODEL_LIST_MAX_AGE_MS } from './model-list-age';
import { withRetirements } from './retirement';
import { requestModelList, type ListResponse } from './model-list-request';
import { secretsOf } from '../api/headers';
import { createServerTextRedactor } from '../api/server-text-redaction';
import type { Endpoint } from '../api/addresses/endpoint';
import type { Transport } from '../api/transport';

export interface ModelListResult {
  readonly models: readonly ListedModel[];
  /**
   * `fresh`: from the server; `cached`: the server could not be reached, so it is the last known list, or empty if
   * there is none; `none`: the server has no list.
   */
  readonly source: 'fresh' | 'cached' | 'none';
  /** When the service last sent or confirmed the list, in ms since 1970, if known. */
  readonly readAt?: number;
}

/** Stores one text per address. If it fails, the list is requested again. */
export interface ModelListCache {
  read(address: string): Promise<string | undefined>;
  write(address: string, text: string): Promise<void>;
}

export interface ModelListService {
  /**
   * The models of a service. A fresh list is reused for ten minutes, and concurrent calls share one request. Never
   * rejects.
   *
   * @param signal ends the call with the cached list; the request is aborted when all of its callers have left
   */
  models(endpoint: Endpoint, apiKey: string | undefined, signal?: AbortSignal): Promise<ModelListResult>;
}

/** A running request, or one whose result is fresh. */
interface SharedQuery {
  readonly apiKey: string | undefined;
  readonly stored: Promise<StoredModelLists | undefined>;
  readonly result: Promise<ModelListResult>;
  readonly abortController: AbortController;
  waiting: number;
  answeredAt?: number;
}

export function createModelListService(
  transport: Transport,
  clock: Clock,
  cache: ModelListCache,
): ModelListService {
  const queries = new Map<string, SharedQuery>();

  function startQuery(endpoint: Endpoint, apiKey: string | undefined): SharedQuery {
    const { href } = endpoint.models;
    const abortController = new AbortController();
    const stored = readStored(endpoint, cache);
    const result = stored.then((known) => read(endpoint, apiKey, known, abortController.signal));
    const query: SharedQuery = { apiKey, stored, result, abortController, waiting: 0 };
    queries.set(href, query);
    const forget = (): void => {
      if (queries.get(href) === query) queries.delete(href);
    };
    abortController.signal.addEventListener('abort', forget);
    result.then(({ source }) => {
      if (source === 'fresh') query.answeredAt = clock.now();
      else forget();
    }, forget);
    return query;
  }

  async function read(
    endpoint: Endpoint,
    apiKey: string | undefined,
    known: StoredModelLists | undefined,
    signal: AbortSignal,
  ): Promise<ModelListResult> {
    const { headers } = endpoint;
    const redactor = await createServerTextRedactor(secretsOf(headers, apiKey));
    // A server may quote the key in a name; such names are dropped.
    const isAllowed: NameFilter = (name) => redactor.redactValue(name) === name;
    const request = <T>(
      list: 'models' | 'deprecations',
      reader: EntryReader<T>,
    ): Promise<ListResponse<T>> => {
      const etag = known?.[list]?.etag;
      return requestModelList(
        { url: endpoint[list], headers, reader, apiKey, etag, signal },
        transport,
        clock,
      );
    };
    const responses = await Promise.all([
      request('models', createModelReader(isAllowed)),
      request('deprecations', createDeprecationReader(isAllowed)),
    ]);
    const source = listSourceOf(responses[0], known);
    const listed = currentList(responses[0], known?.models, isAllowed);
    const models =
      listed && responses[0].kind === 'list'
        ? {
            ...listed,
            list: await withDetails(listed.list, { endpoint, apiKey, signal }),
          }
        : listed;
    const deprecations = currentList(responses[1], known?.deprecations, isAllowed);
    if (source === 'none' || !models) return { models: [], source };

    const readAt = source === 'fresh' ? clock.now() : known?.readAt;
    const now = {
      models,
      ...(deprecations && { deprecations }),
      ...(readAt !== undefined && { readAt }),
    };
    if (source === 'fresh') store(endpoint, now);
    return { ...resultOf(now), source };
  }

  /** The details that local servers provide at other addresses. */
  async function withDetails(
    models: readonly ListedModel[],
    request: LocalServerRequest,
  ): Promise<readonly ListedModel[]> {
    if (!models.some(({ server }) => server)) return models;
    const { withLocalServerDetails } = await import('./local-server-details');
    return withLocalServerDetails(models, request, transport, clock);
  }

  /** Not awaited: the result does not depend on the cache. */
  function store(endpoint: Endpoint, stored: StoredModelLists): void {
    void cache.write(addressOf(endpoint), serializeModelLists(stored)).catch(() => undefined);
  }

  return {
    async models(endpoint, apiKey, signal) {
      if (signal?.aborted) return cachedResult(await readStored(endpoint, cache));
      const query = queries.get(endpoint.models.href);
      const shared = query && query.apiKey === apiKey && isUsable(query, clock.now());
      return joinQuery(shared ? query : startQuery(endpoint, apiKey), signal);
    },
  };
}

function isUsable({ answeredAt }: SharedQuery, now: number): boolean {
  return answeredAt === undefined || Math.abs(now - answeredAt) < MODEL_LIST_MAX_AGE_MS;
}

/** Lets each caller leave separately. The request is aborted when the last one leaves. */
function joinQuery(query: SharedQuery, signal: AbortSignal | undefined): Promise<ModelListResult> {
  query.waiting++;
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      query.waiting--;
      if (query.waiting === 0) query.abortController.abort();
      query.stored.then((stored) => resolve(cachedResult(stored)), reject);
    };
    signal?.addEventListener('abort', leave);
    query.result.then((result) => {
      signal?.removeEventListener('abort', leave);
      resolve(result);
    }, reject);
  });
}

function listSourceOf(
  response: ListResponse<unknown>,
  known: StoredModelLists | undefined,
): ModelListResult['source'] {
  switch (response.kind) {
    case 'list':
    case 'unchanged':
      return 'fresh';
    case 'absent':
      return 'none';
    case 'unreadable':
      return known ? 'cached' : 'none';
    case 'unreachable':
      return 'cached';
  }
}

/** The current list after a response; undefined if the service has none. */
function currentList<T>(
  response: ListResponse<T>,
  known: StoredList<T> | undefined,
  isAllowed: NameFilter,
): StoredList<T> | undefined {
  if (response.kind === 'list') {
    const { etag } = response;
    return storedListOf(response.list, etag !== undefined && isAllowed(etag) ? etag : undefined);
  }
  return response.kind === 'absent' ? undefined : known;
}

function resultOf({ models, deprecations, readAt }: StoredModelLists): Omit<ModelListResult, 'source'> {
  return {
    models: withRetirements(models.list, deprecations?.list ?? []),
    ...(readAt !== undefined && { readAt }),
  };
}

function cachedResult(stored: StoredModelLists | undefined): ModelListResult {
  return { ...(stored ? resultOf(stored) : { models: [] }), source: 'cached' };
}

async function readStored(endpoint: Endpoint, cache: ModelListCache): Promise<StoredModelLists | undefined> {
  const text = await cache.read(addressOf(endpoint)).catch(() => undefined);
  return text === undefined ? undefined : parseStoredModelLists(text);
}

/** The key in the cache. An origin may have several lists, and the query may contain secrets, so it is left out. */
function addressOf({ models }: Endpoint): string {
  return models.origin + models.pathname;
}
