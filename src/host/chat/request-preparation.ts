import type { ChatRequest, Endpoint } from '../../core/api';
import type { Terms } from '../../core/chat/answer';
import type { Prepared } from '../../core/chat/session';
import type { Question, Turn } from '../../core/chat/turn';
import { toMessages } from '../../core/prompt/messages';
import type { TokenCounter } from '../../core/tokens/count';
import type { ModelBook } from '../models/model-metadata';
import type { ResolveHost } from '../platform';
import { readEndpoint } from '../models/service-endpoint';
import { createWrongSettingsWarning, readSettings, type Settings } from '../settings';
import type { KeyStore } from '../storage/keys';
import type { Spending } from '../storage/spending';
import type { AskConsent, Consent } from './consent';
import { createCompletedAddressNotice } from './base-url-notice';
import { forecast, type Forecast, type Plan } from './request-estimate';
import type { OutgoingReview } from './secret-review';
import { createPlainHttpConsent } from './plain-http-consent';

export interface PreparationServices {
  readonly keys: KeyStore;
  readonly models: ModelBook;
  readonly counter: TokenCounter;
  readonly spending: Spending;
  readonly resolveHost?: ResolveHost | undefined;
  /** Loads what looks for secrets in a request. */
  readonly loadReview: () => Promise<OutgoingReview>;
  /** Told the origin when the user gave no key for it. */
  readonly onMissingKey: (origin: string) => void;
}

/** What is asked, and what of the settings does not hold for it. */
export interface Wish extends Pick<Plan, 'history' | 'pinned' | 'question'> {
  /** The id of the chat. */
  readonly chat: string;
  /** The turn that is asked again or edited. */
  readonly earlier?: Turn;
  readonly changes?: Partial<Pick<ChatRequest['parameters'], 'maxCompletionTokens' | 'seed' | 'n'>>;
  /** Tokens that the model can hold, as the service said when it refused this question: prompt and answer keep to it. */
  readonly contextLimit?: number;
}

/** `withheld`: the user decided against it. */
export type Preparation =
  | Extract<Prepared, { kind: 'fail' }>
  /** `question`: as it is sent and kept, with placeholders where the user wants them. */
  | (Extract<Prepared, { kind: 'send' }> & { readonly question: Question })
  | { readonly kind: 'withheld' };

/** Settles what must be settled before a question leaves: the address, the key, its size and its price. */
export function createPreparation(services: PreparationServices): (wish: Wish) => Promise<Preparation> {
  const { models, counter, spending } = services;
  const warnOfWrong = createWrongSettingsWarning();
  const tellCompleted = createCompletedAddressNotice();
  const askPlainHttp = createPlainHttpConsent(services.resolveHost);
  let askConsent: AskConsent | undefined;

  return async (given) => {
    const reading = readSettings();
    warnOfWrong(reading.wrong);
    const chosen = { ...reading.settings, ...given.changes };
    const endpoint = readEndpoint(chosen);
    if (typeof endpoint === 'string') {
      return { kind: 'fail', error: { kind: 'bad-address', problem: endpoint } };
    }
    tellCompleted(chosen.baseUrl, endpoint);
    const plainHttp = await askPlainHttp(endpoint, chosen);
    if (plainHttp.kind !== 'allowed') return plainHttp;
    const apiKey = await keyFor(endpoint, services);
    if (apiKey === undefined && !endpoint.loopback) return withheld;
    const { contextLimit } = given;
    if (contextLimit !== undefined) models.learnContext(endpoint, chosen.model, contextLimit);

    const { origin } = endpoint;
    const service = { origin, ...(apiKey !== undefined && { apiKey }) };
    const { instructions } = chosen;
    const content = await (await services.loadReview()).review({ ...given, instructions, service });
    if (!content) return withheld;
    const wish = { ...given, ...content };
    const settings = { ...chosen, instructions: content.instructions };

    const plan = planOf(wish, settings, models.facts(settings, endpoint, apiKey));
    const expected = await forecast(plan, counter);
    const budget = { spent: await spending.today(), limit: settings.dailyBudget };
    askConsent ??= (await import('../features')).createConsent();
    const consent = await askConsent(plan, expected, budget);
    if (consent.kind === 'withheld') return withheld;
    const terms = termsOf(plan, expected, consent, endpoint);
    const limit = limitWithin(contextLimit, terms);
    const request = requestFor(wish, consent, { ...settings, maxCompletionTokens: limit }, endpoint, apiKey);
    return { kind: 'send', request, terms: { ...terms, limit }, question: content.question };
  };
}

const withheld = { kind: 'withheld' } as const;

/** Tokens of a prompt that services count otherwise than we do, as a share of it and at least. */
const COUNT_MARGIN = 0.05;
const LEAST_MARGIN = 64;

/** A limit for the answer that leaves room for the prompt, where the service has refused both together. */
function limitWithin(context: number | undefined, { limit, promptTokens }: Terms): number {
  if (context === undefined) return limit;
  const room = context - Math.ceil(promptTokens * (1 + COUNT_MARGIN)) - LEAST_MARGIN;
  return Math.max(1, Math.min(limit, room));
}

async function keyFor(
  { origin, loopback, protection }: Endpoint,
  { keys, onMissingKey }: PreparationServices,
): Promise<string | undefined> {
  const key =
    (await keys.get(origin)) ??
    (loopback ? undefined : await keys.ask(origin, protection === 'none' ? 'optional' : undefined));
  if (key === undefined && !loopback) onMissingKey(origin);
  return key;
}

function planOf({ changes, chat, earlier, ...wish }: Wish, settings: Settings, facts: Plan['facts']): Plan {
  const { instructions, model, maxCompletionTokens: limit, n } = settings;
  return { ...wish, instructions, model, limit, n, facts };
}

function requestFor(
  { history, pinned, question }: Wish,
  { omitted }: Extract<Consent, { kind: 'send' }>,
  settings: Settings,
  endpoint: Endpoint,
  apiKey: string | undefined,
): ChatRequest {
  const { attachments, ...bare } = question;
  const kept = [...history.slice(omitted?.turns ?? 0), ...(pinned ? [pinned] : [])];
  return {
    endpoint,
    ...(apiKey !== undefined && apiKey !== '' && { apiKey }),
    parameters: parametersOf(settings),
    instructions: settings.instructions,
    messages: toMessages(kept, omitted?.context === true ? bare : question, settings.userName),
    timeouts: {
      connect: settings['timeout.connect'],
      'first-byte': settings['timeout.firstByte'],
      idle: settings['timeout.idle'],
    },
    maxRetries: settings.maxRetries,
  };
}

function parametersOf({
  model,
  maxCompletionTokens,
  tokenLimitParameter,
  stream,
  includeUsage,
  n,
  seed,
}: Settings): ChatRequest['parameters'] {
  return { model, maxCompletionTokens, tokenLimitParameter, stream, includeUsage, n, seed };
}

function termsOf(
  { model, limit, n, facts }: Plan,
  { promptTokens, fit }: Forecast,
  { omitted }: Extract<Consent, { kind: 'send' }>,
  { origin }: Endpoint,
): Terms {
  const { price, maxOutput } = facts;
  return {
    origin,
    model,
    limit,
    n,
    promptTokens: omitted && fit ? fit.tokens : promptTokens,
    ...(price && { price }),
    ...(maxOutput !== undefined && { maxOutput }),
    ...(omitted && { omitted }),
  };
}
