import type { LogOutputChannel } from 'vscode';
import type { Endpoint } from '../../core/api';
import type { ModelListService, ModelListResult } from '../../core/models/model-list';
import type { ModelInfo } from '../../core/models/model-parser';
import { findModel } from '../../core/models/retirement';
import type { Clock } from '../../core/clock';
import { knownModel, type Price } from '../../core/tokens/price';
import { logTo } from '../error-reporting';
import { mayReceiveRequests } from './service-endpoint';
import type { Settings } from '../settings';

/** The properties of a model that are known before a request is sent. */
export interface ModelMetadata {
  readonly price?: Price;
  /** Tokens of prompt and answer together. */
  readonly context?: number;
  /** Tokens of an answer. */
  readonly maxOutput?: number;
}

/** Knows the price and the limits of models, from the settings, the service and a public list. */
export interface ModelMetadataService {
  /** Returns what is known now. Where that may be out of date, the service is asked in the background. */
  getMetadata(settings: Settings, endpoint: Endpoint, apiKey: string | undefined): ModelMetadata;
  /** Stores the context limit that a service named in an error. It takes precedence over the list of the service. */
  learnContext(endpoint: Endpoint, model: string, tokens: number): void;
  /** Reads the list of the service. */
  read(endpoint: Endpoint, apiKey: string | undefined): Promise<ModelListResult>;
}

/** Time after which a service is asked again, in ms, also where it has no list or could not be reached. */
const REFRESH_INTERVAL_MS = 10 * 60_000;

/** @param onChange called when a list was read */
export function createModelMetadataService(
  modelList: ModelListService,
  clock: Clock,
  log: LogOutputChannel,
  onChange: () => void,
): ModelMetadataService {
  const known = new Map<string, readonly ModelInfo[]>();
  const asked = new Map<string, { readonly apiKey: string | undefined; readonly at: number }>();
  /** Context limits in tokens that services named in errors, by list address and model. */
  const contextLimits = new Map<string, number>();

  async function read(endpoint: Endpoint, apiKey: string | undefined): Promise<ModelListResult> {
    const { href } = endpoint.models;
    asked.set(href, { apiKey, at: clock.now() });
    const reading = await modelList.models(endpoint, apiKey).catch((error: unknown) => {
      // Not a reason to wait: the next look tries again.
      asked.delete(href);
      throw error;
    });
    log.info(`Models of ${endpoint.origin}: ${reading.models.length}, ${reading.source}`);
    known.set(href, reading.models);
    onChange();
    return reading;
  }

  return {
    read,
    learnContext: (endpoint, model, tokens) =>
      void contextLimits.set(`${endpoint.models.href} ${model}`, tokens),
    getMetadata(settings, endpoint, apiKey) {
      const { href } = endpoint.models;
      const last = asked.get(href);
      // With another key the service may tell more, such as prices.
      const isRecent =
        last?.apiKey === apiKey && Math.abs(clock.now() - (last?.at ?? -Infinity)) <= REFRESH_INTERVAL_MS;
      if (mayReceiveRequests(endpoint, settings) && !isRecent)
        read(endpoint, apiKey).catch(logTo(log, 'Reading the list of models'));
      const metadata = metadataOf(settings, findModel(known.get(href) ?? [], settings.model));
      const limit = contextLimits.get(`${href} ${settings.model}`);
      return limit === undefined ? metadata : { ...metadata, context: limit };
    },
  };
}

/** Settings take precedence over the list of the service, and that over the public list. */
function metadataOf(settings: Settings, listed: ModelInfo | undefined): ModelMetadata {
  const known = knownModel(settings.model);
  const input = settings['price.input'] ?? listed?.price?.input ?? known?.price.input;
  const output = settings['price.output'] ?? listed?.price?.output ?? known?.price.output;
  const context = listed?.context ?? known?.context;
  const maxOutput = listed?.maxOutput ?? known?.maxOutput;
  return {
    ...(input !== undefined && output !== undefined && { price: { input, output } }),
    ...(context !== undefined && { context }),
    ...(maxOutput !== undefined && { maxOutput }),
  };
}
