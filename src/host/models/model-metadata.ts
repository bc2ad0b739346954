import type { LogOutputChannel } from 'vscode';
import type { Endpoint } from '../../core/api';
import { findModel, type Catalogue, type CatalogueModel, type CatalogueReading } from '../../core/catalogue';
import type { Clock } from '../../core/clock';
import { knownModel, type Price } from '../../core/tokens/price';
import { mayBeAsked } from './service-endpoint';
import type { Settings } from '../settings';

/** What is known of a model before it is asked. */
export interface ModelFacts {
  readonly price?: Price;
  /** Tokens of prompt and answer together. */
  readonly context?: number;
  /** Tokens of an answer. */
  readonly maxOutput?: number;
}

/** The models of the services in use. */
export interface ModelBook {
  /** What is known now, from the settings, the service or the public list. Never waits: it asks for the next time. */
  facts(settings: Settings, endpoint: Endpoint, apiKey: string | undefined): ModelFacts;
  /** A service said by its refusal how many tokens a model can hold: that comes before what its list says. */
  learnContext(endpoint: Endpoint, model: string, tokens: number): void;
  /** Asks the service. */
  read(endpoint: Endpoint, apiKey: string | undefined): Promise<CatalogueReading>;
}

/** Milliseconds after which a service is asked again, also where it has no list, or could not be reached. */
const askEvery = 10 * 60_000;

/** @param onChange called when more is known than before */
export function createModelBook(
  catalogue: Catalogue,
  clock: Clock,
  log: LogOutputChannel,
  onChange: () => void,
): ModelBook {
  const known = new Map<string, readonly CatalogueModel[]>();
  const asked = new Map<string, { readonly apiKey: string | undefined; readonly at: number }>();
  /** Tokens that a model can hold, as its service said when it refused a longer request. */
  const contextLimits = new Map<string, number>();

  async function read(endpoint: Endpoint, apiKey: string | undefined): Promise<CatalogueReading> {
    const { href } = endpoint.models;
    asked.set(href, { apiKey, at: clock.now() });
    const reading = await catalogue.models(endpoint, apiKey);
    log.info(`Models of ${endpoint.origin}: ${reading.models.length}, ${reading.source}`);
    known.set(href, reading.models);
    onChange();
    return reading;
  }

  return {
    read,
    learnContext: (endpoint, model, tokens) =>
      void contextLimits.set(`${endpoint.models.href} ${model}`, tokens),
    facts(settings, endpoint, apiKey) {
      const { href } = endpoint.models;
      const last = asked.get(href);
      // With another key the service may tell more, such as prices.
      const isRecent = last?.apiKey === apiKey && Math.abs(clock.now() - (last?.at ?? -Infinity)) <= askEvery;
      if (mayBeAsked(endpoint, settings) && !isRecent) void read(endpoint, apiKey);
      const facts = factsOf(settings, findModel(known.get(href) ?? [], settings.model));
      const limit = contextLimits.get(`${href} ${settings.model}`);
      return limit === undefined ? facts : { ...facts, context: limit };
    },
  };
}

/** The user's word comes before the service's, and that before the public list's. */
function factsOf(settings: Settings, listed: CatalogueModel | undefined): ModelFacts {
  const common = knownModel(settings.model);
  const input = settings['price.input'] ?? listed?.price?.input ?? common?.price.input;
  const output = settings['price.output'] ?? listed?.price?.output ?? common?.price.output;
  const context = listed?.context ?? common?.context;
  const maxOutput = listed?.maxOutput ?? common?.maxOutput;
  return {
    ...(input !== undefined && output !== undefined && { price: { input, output } }),
    ...(context !== undefined && { context }),
    ...(maxOutput !== undefined && { maxOutput }),
  };
}
