import type { ChatRequest, Endpoint } from '../../core/api';
import type { RequestTerms } from '../../core/chat/answer';
import type { RequestOrError, Session } from '../../core/chat/session';
import type { Question } from '../../core/chat/turn';
import { limitAnswer } from '../../core/prompt/answer-limit';
import { toMessages } from '../../core/prompt/messages';
import type { TokenCounter } from '../../core/tokens/token-counter';
import type { ModelMetadata, ModelMetadataService } from '../models/model-metadata';
import type { CheckModel } from '../models/retirement-check';
import { accessService, type AccessServices, type GrantedAccess } from '../models/service-access';
import { readEndpoint } from '../models/service-endpoint';
import { createBaseUrlNotice, createWrongSettingsWarning, readSettings, type Settings } from '../settings';
import type { Spending } from '../storage/spending';
import { createConsent } from './consent/consent';
import type { Consent } from './consent/consent-dialog';
import { readDailyBudget } from './consent/daily-budget';
import { settingsFor, type RequestDraft } from './request-draft';
import { estimateRequest, type EstimateInput } from './estimates/request-estimate';
import { requestParameters } from './parameters/request-parameters';
import type { SecretReview } from './consent/secret-review';

export interface PreparationServices extends AccessServices {
  readonly models: ModelMetadataService;
  readonly counter: TokenCounter;
  readonly spending: Spending;
  readonly checkModel: CheckModel;
  readonly loadSecretReview: () => Promise<SecretReview>;
  /** Called with the origin when the user gave no key for it. */
  readonly onMissingKey: (origin: string) => void;
}

/** A request that the user has agreed to. */
interface PreparedRequest extends Extract<RequestOrError, { kind: 'send' }> {
  /** The question as it is sent and stored, with placeholders in place of secrets where the user wants them. */
  readonly question: Question;
}

export type PreparationResult =
  PreparedRequest | Extract<RequestOrError, { kind: 'fail' }> | Extract<Consent, { kind: 'cancelled' }>;

/** Prepares a request of a chat. */
export type PrepareChatRequest = (
  session: Session,
  draft: Omit<RequestDraft, 'chatId'>,
) => Promise<PreparationResult>;

/** Prepares any request. */
export type PrepareRequest = (draft: RequestDraft) => Promise<PreparationResult>;

/** Determines the address, API key, content, size and price of a request, and asks the user if necessary. */
export function createRequestPreparation(services: PreparationServices): PrepareRequest {
  const { models, counter, spending } = services;
  const warnOfWrongSettings = createWrongSettingsWarning();
  const showBaseUrlNotice = createBaseUrlNotice();
  const askConsent = createConsent();

  return async (draft) => {
    const result = readSettings();
    warnOfWrongSettings(result.wrong);
    const wanted = settingsFor(result.settings, draft);
    const address = readEndpoint(wanted);
    if (typeof address !== 'string') showBaseUrlNotice(wanted.baseUrl, address);
    const access = await accessService(address, wanted, services);
    if (access.kind === 'fail') return access;
    if (access.kind === 'no-key') services.onMissingKey(access.origin);
    if (access.kind !== 'ready') return cancelled;
    const { endpoint, apiKey } = access;
    const model = await services.checkModel(wanted, endpoint, apiKey);
    if (model === undefined) return cancelled;
    const chosen = { ...wanted, model };
    const { contextLimit } = draft;
    if (contextLimit !== undefined) models.learnContext(endpoint, chosen.model, contextLimit);

    const service = { origin: endpoint.origin, ...(apiKey !== undefined && { apiKey }) };
    const review = await services.loadSecretReview();
    const content = await review.review({ ...draft, instructions: chosen.instructions, service });
    if (!content) return cancelled;
    const reviewed = { ...draft, ...content };
    const settings = { ...chosen, instructions: content.instructions };

    const metadata = models.getMetadata(settings, endpoint, apiKey);
    const input = estimateInputOf(reviewed, settings, metadata);
    const estimate = await estimateRequest(input, counter);
    const consent = await askConsent(input, estimate, await readDailyBudget(spending, settings));
    if (consent.kind === 'cancelled') return consent;
    const { omitted } = consent;
    const sentTokens = omitted && estimate.fit ? estimate.fit.tokens : estimate.promptTokens;
    const terms = termsOf(settings, endpoint, metadata, sentTokens);
    const request = {
      ...requestWithoutMessages(settings, access, terms.limit, metadata.efforts),
      messages: messagesOf(reviewed, omitted, settings),
    };
    return {
      kind: 'send',
      request,
      terms: { ...terms, ...(omitted && { omitted }) },
      question: content.question,
    };
  };
}

const cancelled = { kind: 'cancelled' } as const;

function estimateInputOf(
  { history, question, requiredTurns, summarizes, canSummarize = false }: RequestDraft,
  { instructions, model, maxCompletionTokens: limit, n }: Settings,
  metadata: ModelMetadata,
): EstimateInput {
  return {
    history,
    question,
    ...(requiredTurns && { requiredTurns }),
    ...(summarizes !== undefined && { summarizes }),
    canSummarize,
    instructions,
    model,
    limit,
    n,
    metadata,
  };
}

function messagesOf(
  { history, requiredTurns = [], question }: RequestDraft,
  omitted: RequestTerms['omitted'],
  { userName }: Settings,
): ChatRequest['messages'] {
  const { attachments, ...bare } = question;
  const sent = [...history.slice(omitted?.turns ?? 0), ...requiredTurns];
  return toMessages(sent, omitted?.context === true ? bare : question, userName);
}

/**
 * A request according to the settings, before its messages are added.
 *
 * @param limit the token limit that is sent, which may be lower than the one in the settings
 * @param efforts the values of the reasoning effort that the model accepts, if they are known
 */
export function requestWithoutMessages(
  settings: Settings,
  { endpoint, apiKey }: GrantedAccess,
  limit: number,
  efforts: ModelMetadata['efforts'],
): Omit<ChatRequest, 'messages'> {
  return {
    endpoint,
    ...(apiKey !== undefined && apiKey !== '' && { apiKey }),
    parameters: requestParameters({ ...settings, maxCompletionTokens: limit }, efforts),
    instructions: settings.instructions,
    timeouts: {
      connect: settings['timeout.connect'],
      'first-byte': settings['timeout.firstByte'],
      idle: settings['timeout.idle'],
    },
    maxRetries: settings.maxRetries,
  };
}

/** The terms of a request with a prompt of this size, with the token limit that the model allows. */
export function termsOf(
  { model, maxCompletionTokens, n, reasoningEffort, verbosity }: Settings,
  { origin }: Endpoint,
  metadata: ModelMetadata,
  promptTokens: number,
): RequestTerms {
  const { price, maxOutput } = metadata;
  const { tokens: limit, lowered } = limitAnswer(maxCompletionTokens, metadata, promptTokens);
  return {
    origin,
    model,
    limit,
    ...(lowered && { lowered }),
    n,
    promptTokens,
    ...(price && { price }),
    ...(maxOutput !== undefined && { maxOutput }),
    ...(reasoningEffort !== 'default' && { reasoningEffort }),
    ...(verbosity !== 'default' && { verbosity }),
  };
}
