import type { ChatRequest, Endpoint } from '../../core/api';
import type { Terms } from '../../core/chat/answer';
import type { Prepared } from '../../core/chat/session';
import type { Question } from '../../core/chat/turn';
import { toMessages } from '../../core/prompt/messages';
import type { TokenCounter } from '../../core/tokens/count';
import type { ModelMetadata, ModelMetadataService } from '../models/model-metadata';
import { mayReceiveRequests, readEndpoint } from '../models/service-endpoint';
import type { ResolveHost } from '../platform';
import { createBaseUrlNotice, createWrongSettingsWarning, readSettings, type Settings } from '../settings';
import type { ApiKeyStore } from '../storage/api-key-store';
import type { Spending } from '../storage/spending';
import { createConsent } from './consent/consent';
import type { Consent } from './consent/consent-dialog';
import type { RequestDraft } from './request-draft';
import { estimateRequest, type EstimateInput, type RequestEstimate } from './request-estimate';
import { requestParameters } from './request-parameters';
import type { SecretReview } from './consent/secret-review';

export interface PreparationServices {
  readonly keys: ApiKeyStore;
  readonly models: ModelMetadataService;
  readonly counter: TokenCounter;
  readonly spending: Spending;
  readonly resolveHost?: ResolveHost | undefined;
  readonly loadSecretReview: () => Promise<SecretReview>;
  /** Called with the origin when the user gave no key for it. */
  readonly onMissingKey: (origin: string) => void;
}

/** A request that the user has agreed to. */
interface PreparedRequest extends Extract<Prepared, { kind: 'send' }> {
  /** The question as it is sent and stored, with placeholders in place of secrets where the user wants them. */
  readonly question: Question;
}

export type Preparation =
  | PreparedRequest
  | Extract<Prepared, { kind: 'fail' }>
  /** The user decided against it. */
  | { readonly kind: 'cancelled' };

/** Settles the address, the key, what may leave, the size and the price of a request, and asks the user where needed. */
export function createRequestPreparation(
  services: PreparationServices,
): (draft: RequestDraft) => Promise<Preparation> {
  const { models, counter, spending } = services;
  const warnOfWrongSettings = createWrongSettingsWarning();
  const showBaseUrlNotice = createBaseUrlNotice();
  const askConsent = createConsent();

  return async (draft) => {
    const reading = readSettings();
    warnOfWrongSettings(reading.wrong);
    const chosen = { ...reading.settings, ...draft.overrides };
    const endpoint = readEndpoint(chosen);
    if (typeof endpoint === 'string') {
      return { kind: 'fail', error: { kind: 'bad-address', problem: endpoint } };
    }
    showBaseUrlNotice(chosen.baseUrl, endpoint);
    if (!mayReceiveRequests(endpoint, chosen)) {
      const { askPlainHttp } = await import('./consent/plain-http-consent');
      const consent = await askPlainHttp(endpoint, chosen, services.resolveHost);
      if (consent.kind !== 'allowed') return consent;
    }
    const apiKey = await keyFor(endpoint, services);
    if (apiKey === undefined && !endpoint.loopback) return cancelled;
    const { contextLimit } = draft;
    if (contextLimit !== undefined) models.learnContext(endpoint, chosen.model, contextLimit);

    const service = { origin: endpoint.origin, ...(apiKey !== undefined && { apiKey }) };
    const review = await services.loadSecretReview();
    const content = await review.review({ ...draft, instructions: chosen.instructions, service });
    if (!content) return cancelled;
    const reviewed = { ...draft, ...content };
    const settings = { ...chosen, instructions: content.instructions };

    const input = estimateInputOf(reviewed, settings, models.getMetadata(settings, endpoint, apiKey));
    const estimate = await estimateRequest(input, counter);
    const budget = { spent: await spending.today(), limit: settings.dailyBudget };
    const consent = await askConsent(input, estimate, budget);
    if (consent.kind === 'cancelled') return cancelled;
    const terms = termsOf(input, estimate, consent, endpoint);
    const limit = limitWithin(contextLimit, terms);
    const request = requestFor(
      reviewed,
      consent,
      { ...settings, maxCompletionTokens: limit },
      endpoint,
      apiKey,
    );
    return { kind: 'send', request, terms: { ...terms, limit }, question: content.question };
  };
}

const cancelled = { kind: 'cancelled' } as const;

/** Services count the tokens of a prompt differently, so a share of our count and a number of tokens are left free. */
const COUNT_MARGIN_SHARE = 0.05;
const MIN_COUNT_MARGIN_TOKENS = 64;

/** A token limit for the answer that leaves room for the prompt, where the service has refused both together. */
function limitWithin(context: number | undefined, { limit, promptTokens }: Terms): number {
  if (context === undefined) return limit;
  const room = context - Math.ceil(promptTokens * (1 + COUNT_MARGIN_SHARE)) - MIN_COUNT_MARGIN_TOKENS;
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

function estimateInputOf(
  { history, question, pinned }: RequestDraft,
  { instructions, model, maxCompletionTokens: limit, n }: Settings,
  metadata: ModelMetadata,
): EstimateInput {
  return { history, question, ...(pinned && { pinned }), instructions, model, limit, n, metadata };
}

function requestFor(
  { history, pinned, question }: RequestDraft,
  { omitted }: Extract<Consent, { kind: 'send' }>,
  settings: Settings,
  endpoint: Endpoint,
  apiKey: string | undefined,
): ChatRequest {
  const { attachments, ...bare } = question;
  const sent = [...history.slice(omitted?.turns ?? 0), ...(pinned ? [pinned] : [])];
  return {
    endpoint,
    ...(apiKey !== undefined && apiKey !== '' && { apiKey }),
    parameters: requestParameters(settings),
    instructions: settings.instructions,
    messages: toMessages(sent, omitted?.context === true ? bare : question, settings.userName),
    timeouts: {
      connect: settings['timeout.connect'],
      'first-byte': settings['timeout.firstByte'],
      idle: settings['timeout.idle'],
    },
    maxRetries: settings.maxRetries,
  };
}

function termsOf(
  { model, limit, n, metadata }: EstimateInput,
  { promptTokens, fit }: RequestEstimate,
  { omitted }: Extract<Consent, { kind: 'send' }>,
  { origin }: Endpoint,
): Terms {
  const { price, maxOutput } = metadata;
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
