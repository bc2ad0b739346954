import type { Clock } from '../clock';
import {
  createDeprecationReader,
  createModelReader,
  type CatalogueModel,
  type EntryReader,
  type NameFilter,
} from './format';
import { parseKept, serializeKept, toKeep, type Kept, type KeptList } from './kept';
import { withRetirements } from './merge';
import { askForList, type ListAnswer } from './request';
import { secretsOf } from '../api/headers';
import { createServerText } from '../api/redact';
import type { Endpoint } from '../api/endpoint';
import type { Transport } from '../api/transport';

export interface CatalogueReading {
  readonly models: readonly CatalogueModel[];
  /**
   * `fresh`: the server has just said so; `cached`: it could not be asked, and this is what it said before,
   * nothing where that is not known; `none`: it has no catalogue.
   */
  readonly source: 'fresh' | 'cached' | 'none';
}

/** Keeps a text for each address. What it fails to read or write is asked for again. */
export interface CatalogueCache {
  read(address: string): Promise<string | undefined>;
  write(address: string, text: string): Promise<void>;
}

export interface Catalogue {
  /**
   * The models of a service. A fresh answer holds for ten minutes, calls in the meantime share it, and it
   * never rejects.
   *
   * @param signal ends the waiting with what is cached, and the request when nobody waits for it any more
   */
  models(endpoint: Endpoint, apiKey: string | undefined, signal?: AbortSignal): Promise<CatalogueReading>;
}

/** A reading under way, or one that was fresh. */
interface Question {
  readonly apiKey: string | undefined;
  readonly kept: Promise<Kept | undefined>;
  readonly reading: Promise<CatalogueReading>;
  readonly abortController: AbortController;
  waiting: number;
  answeredAt?: number;
}

/** Milliseconds for which a fresh answer is not asked for again. */
const freshFor = 10 * 60_000;

export function createCatalogue(transport: Transport, clock: Clock, cache: CatalogueCache): Catalogue {
  const questions = new Map<string, Question>();

  function ask(endpoint: Endpoint, apiKey: string | undefined): Question {
    const { href } = endpoint.models;
    const abortController = new AbortController();
    const kept = readKept(endpoint, cache);
    const reading = kept.then((before) => read(endpoint, apiKey, before, abortController.signal));
    const question: Question = { apiKey, kept, reading, abortController, waiting: 0 };
    questions.set(href, question);
    const forget = (): void => {
      if (questions.get(href) === question) questions.delete(href);
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
    before: Kept | undefined,
    signal: AbortSignal,
  ): Promise<CatalogueReading> {
    const { headers } = endpoint;
    const serverText = createServerText(secretsOf(headers, apiKey));
    // A name that holds the key is no name.
    const allowed: NameFilter = (name) => serverText.presentable(name) === name;
    const answerOf = <T>(list: 'models' | 'deprecations', reader: EntryReader<T>): Promise<ListAnswer<T>> => {
      const etag = before?.[list]?.etag;
      return askForList({ url: endpoint[list], headers, reader, apiKey, etag, signal }, transport, clock);
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
    if (source === 'fresh' && answers.some(({ kind }) => kind === 'list')) keep(endpoint, now);
    return { models: modelsOf(now), source };
  }

  /** Not waited for: the answer is there, and a cache that cannot be written is only slower. */
  function keep(endpoint: Endpoint, kept: Kept): void {
    void cache.write(addressOf(endpoint), serializeKept(kept)).catch(() => undefined);
  }

  return {
    async models(endpoint, apiKey, signal) {
      if (signal?.aborted) return cachedReading(await readKept(endpoint, cache));
      const question = questions.get(endpoint.models.href);
      const usable = question && question.apiKey === apiKey && holds(question, clock.now());
      return answerTo(usable ? question : ask(endpoint, apiKey), signal);
    },
  };
}

function holds({ answeredAt }: Question, now: number): boolean {
  return answeredAt === undefined || now - answeredAt < freshFor;
}

/** Each may leave; with the last one the request goes too. */
function answerTo(question: Question, signal: AbortSignal | undefined): Promise<CatalogueReading> {
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

function sourceOf(answer: ListAnswer<unknown>, before: Kept | undefined): CatalogueReading['source'] {
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
  answer: ListAnswer<T>,
  before: KeptList<T> | undefined,
  allowed: NameFilter,
): KeptList<T> | undefined {
  if (answer.kind === 'list') {
    const { etag } = answer;
    return toKeep(answer.list, etag !== undefined && allowed(etag) ? etag : undefined);
  }
  return answer.kind === 'absent' ? undefined : before;
}

function modelsOf({ models, deprecations }: Kept): readonly CatalogueModel[] {
  return withRetirements(models.list, deprecations?.list ?? []);
}

function cachedReading(kept: Kept | undefined): CatalogueReading {
  return { models: kept ? modelsOf(kept) : [], source: 'cached' };
}

async function readKept(endpoint: Endpoint, cache: CatalogueCache): Promise<Kept | undefined> {
  const text = await cache.read(addressOf(endpoint)).catch(() => undefined);
  return text === undefined ? undefined : parseKept(text);
}

/** An origin may serve several catalogues; a query may hold what is for nobody's file. */
function addressOf({ models }: Endpoint): string {
  return models.origin + models.pathname;
}
