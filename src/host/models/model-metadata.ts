import type { LogOutputChannel } from 'vscode';
import type { Endpoint, LearnedCorrections } from '../../core/api';
import { mergeMetadata, type SourcedMetadata } from '../../core/models/sourced-metadata';
import type { ModelListService, ModelListResult } from '../../core/models/model-list';
import { findModel } from '../../core/models/retirement';
import { MODEL_LIST_MAX_AGE_MS } from '../../core/models/model-list-age';
import type { Clock } from '../../core/clock';
import type { Price } from '../../core/tokens/price';
import { logTo } from '../error-reporting';
import { needsPlainHttpConsent } from './plain-http-consent';
import type { Settings } from '../settings';

/** The properties of a model that are known before a request is sent. */
export interface ModelMetadata {
  readonly price?: Price;
  /** Tokens of prompt and answer together. */
  readonly context?: number;
  /** Tokens of an answer. */
  readonly maxOutput?: number;
  /** The values of the reasoning effort that the model accepts; empty if it has none. Absent if they are not known. */
  readonly efforts?: readonly string[];
}

type ModelSettings = Pick<Settings, 'model' | 'price.input' | 'price.output' | 'allowedHttpOrigins'>;

/** Knows the properties of models, from the settings, the list and the errors of the service, and the built-in data. */
export interface ModelMetadataService {
  /** Returns what is known now. Where that may be out of date, the service is asked in the background. */
  getMetadata(settings: ModelSettings, endpoint: Endpoint, apiKey: string | undefined): ModelMetadata;
  /** Returns what is known now, with its sources. Requests nothing. */
  getSourcedMetadata(settings: ModelSettings, endpoint: Endpoint): SourcedMetadata;
  /** Stores the context limit of the current question. It takes precedence over that of the model. */
  learnContext(endpoint: Endpoint, model: string, tokens: number): void;
  /** The list as it was read last, also by an earlier window. Requests nothing. */
  storedModelList(endpoint: Endpoint): Promise<ModelListResult>;
  /** Reads the list of the service. */
  requestModelList(endpoint: Endpoint, apiKey: string | undefined): Promise<ModelListResult>;
  /** The list as it was read last; the service is asked if that may be out of date. Undefined if that takes too long. */
  modelListWithin(
    settings: ModelSettings,
    endpoint: Endpoint,
    apiKey: string | undefined,
    milliseconds: number,
  ): Promise<ModelListResult | undefined>;
  /** Forgets what was learned from errors and lists. The service is asked again. */
  forget(): void;
}

interface Query {
  readonly apiKey: string | undefined;
  readonly at: number;
  readonly result: Promise<ModelListResult>;
}

/** @param onChange called when a list was read */
export function createModelMetadataService(
  modelList: ModelListService,
  learnedCorrections: LearnedCorrections,
  clock: Clock,
  log: LogOutputChannel,
  onChange: () => void,
): ModelMetadataService {
  const known = new Map<string, ModelListResult>();
  const queries = new Map<string, Query>();
  const awaited = new WeakSet<Promise<ModelListResult>>();
  /** Context limits in tokens of our own count, by list address and model. */
  const contextLimits = new Map<string, number>();

  function requestModelList(endpoint: Endpoint, apiKey: string | undefined): Promise<ModelListResult> {
    const { href } = endpoint.models;
    // The reply to an earlier query, which may have been sent without the key, must not replace that to a later one.
    const isLatest = (): boolean => queries.get(href) === query;
    const result = receive(endpoint, modelList.models(endpoint, apiKey), isLatest);
    const query: Query = { apiKey, at: clock.now(), result };
    queries.set(href, query);
    return result;
  }

  async function receive(
    endpoint: Endpoint,
    result: Promise<ModelListResult>,
    isLatest: () => boolean,
  ): Promise<ModelListResult> {
    const { href } = endpoint.models;
    const list = await result.catch((error: unknown) => {
      // The next caller tries again at once.
      if (isLatest()) queries.delete(href);
      throw error;
    });
    log.info(`Models of ${endpoint.origin}: ${list.models.length}, ${list.source}`);
    if (!isLatest()) return list;
    known.set(href, list);
    onChange();
    return list;
  }

  /** The last query, also of a service without a list or out of reach; a new one if its result may be out of date. */
  function currentQuery(
    settings: ModelSettings,
    endpoint: Endpoint,
    apiKey: string | undefined,
  ): Promise<ModelListResult> | undefined {
    if (needsPlainHttpConsent(endpoint, settings)) return undefined;
    const last = queries.get(endpoint.models.href);
    // With another key the service may tell more, such as prices.
    const age = last?.apiKey === apiKey && last ? Math.abs(clock.now() - last.at) : Infinity;
    if (last && age <= MODEL_LIST_MAX_AGE_MS) return last.result;
    const request = requestModelList(endpoint, apiKey);
    request.catch(logTo(log, 'Reading the list of models'));
    return request;
  }

  function getSourcedMetadata(settings: ModelSettings, endpoint: Endpoint): SourcedMetadata {
    const { model } = settings;
    const list = known.get(endpoint.models.href);
    return mergeMetadata({
      model,
      listed: findModel(list?.models ?? [], model),
      listedAt: list?.readAt,
      learned: learnedCorrections.get(endpoint, model),
      learnedAt: learnedCorrections.learnedAt(endpoint, model),
      prices: { input: settings['price.input'], output: settings['price.output'] },
    });
  }

  return {
    requestModelList,
    getSourcedMetadata,
    learnContext: (endpoint, model, tokens) =>
      void contextLimits.set(`${endpoint.models.href} ${model}`, tokens),
    getMetadata(settings, endpoint, apiKey) {
      currentQuery(settings, endpoint, apiKey)?.catch(() => undefined);
      const { price, context, maxOutput, reasoningEffort } = getSourcedMetadata(settings, endpoint);
      const window = contextLimits.get(`${endpoint.models.href} ${settings.model}`) ?? context?.value;
      return {
        ...(price && { price: price.value }),
        ...(window !== undefined && { context: window }),
        ...(maxOutput && { maxOutput: maxOutput.value }),
        ...(reasoningEffort && { efforts: reasoningEffort.value }),
      };
    },
    async storedModelList(endpoint) {
      const { href } = endpoint.models;
      const current = known.get(href);
      if (current) return current;
      const stored = await modelList.models(endpoint, undefined, AbortSignal.abort());
      const newer = known.get(href);
      if (!newer) known.set(href, stored);
      return newer ?? stored;
    },
    async modelListWithin(settings, endpoint, apiKey, milliseconds) {
      const query = currentQuery(settings, endpoint, apiKey);
      if (!query) return undefined;
      // The next questions do not wait for the same answer again.
      if (awaited.has(query)) return known.get(endpoint.models.href);
      awaited.add(query);
      let cancel = (): void => undefined;
      const limit = new Promise<undefined>((resolve) => {
        cancel = clock.after(milliseconds, () => resolve(undefined));
      });
      return Promise.race([query.catch(() => undefined), limit]).finally(() => cancel());
    },
    forget() {
      learnedCorrections.forget();
      known.clear();
      queries.clear();
      contextLimits.clear();
      onChange();
    },
  };
}
