import type { Clock } from '../clock';
import {
  createDeprecationReader,
  createModelReader,
  type ModelInfo,
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
import { withRetirements } from './retirement';
import { requestList, type ListResponse } from './model-list-request';
import { secretsOf } from '../api/headers';
import { createServerTextSanitizer } from '../api/redaction';
import type { Endpoint } from '../api/endpoint';
import type { Transport } from '../api/transport';

export interface ModelListResult {
  readonly models: readonly ModelInfo[];
  /**
   * `fresh`: the server has just said so; `cached`: it could not be asked, and this is what it said before,
   * nothing where that is not known; `none`: it has no catalogue.
   */
  readonly source: 'fresh' | 'cached' | 'none';
}

/** Keeps a text for each address. What it fails to read or write is asked for again. */
export interface ModelListCache {
  read(address: string): Promise<string | undefined>;
  write(address: string, text: string): Promise<void>;
}

export interface ModelListService {
  /**
   * The models of a service. A fresh answer holds for ten minutes, calls in the meantime share it, and it
   * never rejects.
   *
   * @param signal ends the waiting with what is cached, and the request when nobody waits for it any more
   */
  models(endpoint: Endpoint, apiKey: string | undefined, signal?: AbortSignal): Promise<ModelListResult>;
}

/** A reading under way, or one that was fresh. */
interface SharedQuery {
  readonly apiKey: string | undefined;
  readonly kept: Promise<StoredModelLists | undefined>;
  readonly reading: Promise<ModelListResult>;
  readonly abortController: AbortController;
  waiting: number;
  answeredAt?: number;
}

/** Milliseconds for which a fresh answer is not asked for again. */
const FRESH_FOR_MS = 10 * 60_000;

export function createModelListService(
  transport: Transport,
  clock: Clock,
  cache: ModelListCache,
): ModelListService {
  const queries = new Map<string, SharedQuery>();

  function startQuery(endpoint: Endpoint, apiKey: string | undefined): SharedQuery {
    const { href } = endpoint.models;
    const abortController = new AbortController();
    const kept = readStored(endpoint, cache);
    const reading = kept.then((before) => read(endpoint, apiKey, before, abortController.signal));
    const question: SharedQuery = { apiKey, kept, reading, abortController, waiting: 0 };
    queries.set(href, question);
    const forget = (): void => {
      if (queries.get(href) === question) queries.delete(href);
    };
    abortController.signal.addEventListener('abort', forget);
    reading.then(({ source }) => {
      if (source === 'fresh') question.answeredAt = clock.now();
      else forget();
    }, forget);
    return question;
  }

  async function read(
    endpoint: Endpoint,
    apiKey: string | undefined,
    before: StoredModelLists | undefined,
    signal: AbortSignal,
  ): Promise<ModelListResult> {
    const { headers } = endpoint;
    const serverText = createServerTextSanitizer(secretsOf(headers, apiKey));
    // A name that holds the key is no name.
    const allowed: NameFilter = (name) => serverText.sanitize(name) === name;
    const answerOf = <T>(
      list: 'models' | 'deprecations',
      reader: EntryReader<T>,
    ): Promise<ListResponse<T>> => {
      const etag = before?.[list]?.etag;
      return requestList({ url: endpoint[list], headers, reader, apiKey, etag, signal }, transport, clock);
    };
    const answers = await Promise.all([
      answerOf('models', createModelReader(allowed)),
      answerOf('deprecations', createDeprecationReader(allowed)),
    ]);
    const source = sourceOf(answers[0], before);
    const models = currentList(answers[0], before?.models, allowed);
    const deprecations = currentList(answers[1], before?.deprecations, allowed);
    if (source === 'none' || !models) return { models: [], source };

    const now = { models, ...(deprecations && { deprecations }) };
    if (source === 'fresh' && answers.some(({ kind }) => kind === 'list')) store(endpoint, now);
    return { models: modelsOf(now), source };
  }

  /** Not waited for: the answer is there, and a cache that cannot be written is only slower. */
  function store(endpoint: Endpoint, kept: StoredModelLists): void {
    void cache.write(addressOf(endpoint), serializeModelLists(kept)).catch(() => undefined);
  }

  return {
    async models(endpoint, apiKey, signal) {
      if (signal?.aborted) return cachedReading(await readStored(endpoint, cache));
      const question = queries.get(endpoint.models.href);
      const usable = question && question.apiKey === apiKey && isUsable(question, clock.now());
      return joinQuery(usable ? question : startQuery(endpoint, apiKey), signal);
    },
  };
}

function isUsable({ answeredAt }: SharedQuery, now: number): boolean {
  return answeredAt === undefined || now - answeredAt < FRESH_FOR_MS;
}

/** Each may leave; with the last one the request goes too. */
function joinQuery(question: SharedQuery, signal: AbortSignal | undefined): Promise<ModelListResult> {
  question.waiting++;
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      question.waiting--;
      if (question.waiting === 0) question.abortController.abort();
      question.kept.then((kept) => resolve(cachedReading(kept)), reject);
    };
    signal?.addEventListener('abort', leave);
    question.reading.then((reading) => {
      signal?.removeEventListener('abort', leave);
      resolve(reading);
    }, reject);
  });
}

function sourceOf(
  answer: ListResponse<unknown>,
  before: StoredModelLists | undefined,
): ModelListResult['source'] {
  switch (answer.kind) {
    case 'list':
    case 'unchanged':
      return 'fresh';
    case 'absent':
      return 'none';
    case 'unreadable':
      return before ? 'cached' : 'none';
    case 'unreachable':
      return 'cached';
  }
}

/** The list that is known after a response; undefined if the service has none. */
function currentList<T>(
  answer: ListResponse<T>,
  before: StoredList<T> | undefined,
  allowed: NameFilter,
): StoredList<T> | undefined {
  if (answer.kind === 'list') {
    const { etag } = answer;
    return storedListOf(answer.list, etag !== undefined && allowed(etag) ? etag : undefined);
  }
  return answer.kind === 'absent' ? undefined : before;
}

function modelsOf({ models, deprecations }: StoredModelLists): readonly ModelInfo[] {
  return withRetirements(models.list, deprecations?.list ?? []);
}

function cachedReading(kept: StoredModelLists | undefined): ModelListResult {
  return { models: kept ? modelsOf(kept) : [], source: 'cached' };
}

async function readStored(endpoint: Endpoint, cache: ModelListCache): Promise<StoredModelLists | undefined> {
  const text = await cache.read(addressOf(endpoint)).catch(() => undefined);
  return text === undefined ? undefined : parseStoredModelLists(text);
}

/** An origin may serve several catalogues; a query may hold what is for nobody's file. */
function addressOf({ models }: Endpoint): string {
  return models.origin + models.pathname;
}
