import {
  chatRequestTexts,
  type ChatEvent,
  type ChatMessage,
  type ChatRequest,
  type Outcome,
  type RequestTools,
} from '../../core/api';
import type { RequestTerms } from '../../core/chat/answer';
import { createSession, type RequestOrError, type SessionServices } from '../../core/chat/session';
import type { TokenCounter } from '../../core/tokens/token-counter';
import { maxCost } from '../../core/tokens/price';
import { accessService, type AccessServices, type ServiceAccess } from '../models/service-access';
import { readEndpoint } from '../models/service-endpoint';
import { readSettings, type Settings } from '../settings';
import { exceedsDailyBudget, readDailyBudget } from './consent/daily-budget';
import { TOKENS_PER_ANSWER, TOKENS_PER_MESSAGE } from './estimates/request-estimate';
import { requestWithoutMessages, termsOf, type PreparationServices } from './request-preparation';
import { askInOneShotSession, type OneShotSessionServices } from './one-shot-session';

/**
 * A request with the messages of VS Code's chat or another extension, which belongs to no chat. Its messages are sent
 * as they are.
 */
export interface LanguageModelRequest {
  /** Absent for the model in the settings. */
  readonly model?: string;
  readonly instructions: string;
  readonly messages: readonly ChatMessage[];
  readonly tools?: RequestTools;
  /** Absent for the effort in the settings. */
  readonly reasoningEffort?: string;
  /** Absent for the limit in the settings. */
  readonly maxCompletionTokens?: number;
}

export type LanguageModelRequestOutcome =
  | Outcome
  | Extract<ServiceAccess, { kind: 'no-key' }>
  /** The user was asked for permission to send the request, and declined. */
  | { readonly kind: 'declined' };

export interface LanguageModelRequestServices
  extends AccessServices, Pick<PreparationServices, 'models' | 'counter'>, OneShotSessionServices {
  readonly sessionServices: SessionServices;
}

/** Sends a request and calls back with the events of its answer. Its cost is counted. */
export type SendLanguageModelRequest = (
  request: LanguageModelRequest,
  onEvent: (event: ChatEvent) => void,
  signal: AbortSignal,
) => Promise<LanguageModelRequestOutcome>;

export function createLanguageModelRequests(
  services: LanguageModelRequestServices,
): SendLanguageModelRequest {
  return async (raw, onEvent, signal) => {
    // The user is not asked about a request that was stopped.
    const prepared = signal.aborted ? undefined : await prepare(raw, services);
    if (!prepared || signal.aborted) return { kind: 'stopped' };
    if (prepared.kind === 'fail') return { kind: 'failed', error: prepared.error };
    if (prepared.kind !== 'send') return prepared;
    let outcome: Outcome = { kind: 'stopped' };
    const asked = {
      question: { text: '' },
      prepared,
      signal,
      onChange(event?: ChatEvent) {
        if (!event) return;
        if (event.type === 'ended') outcome = event.outcome;
        onEvent(event);
      },
    };
    await askInOneShotSession(createSession(services.sessionServices), asked, services);
    return outcome;
  };
}

type LanguageModelRequestPreparation =
  RequestOrError | Extract<LanguageModelRequestOutcome, { kind: 'no-key' | 'declined' }>;

/** Determines the address, API key, size and price, and asks the user if necessary. */
async function prepare(
  raw: LanguageModelRequest,
  services: LanguageModelRequestServices,
): Promise<LanguageModelRequestPreparation> {
  const settings = settingsFor(raw);
  const access = await accessService(readEndpoint(settings), settings, services);
  if (access.kind !== 'ready') return access;
  const { endpoint, apiKey } = access;
  const metadata = services.models.getMetadata(settings, endpoint, apiKey);
  const promptTokens = await countPrompt(raw, services.counter);
  const terms = termsOf(settings, endpoint, metadata, promptTokens);
  if (!(await isWithinBudget(terms, settings, services))) return { kind: 'declined' };
  const request: ChatRequest = {
    ...requestWithoutMessages(settings, access, terms.limit, metadata.efforts),
    messages: raw.messages,
    ...(raw.tools && { tools: raw.tools }),
  };
  return { kind: 'send', request, terms };
}

/** The settings without those for the answers in our own chat: instructions, alternatives, a seed, and the reasoning. */
function settingsFor({
  model,
  instructions,
  reasoningEffort,
  maxCompletionTokens,
}: LanguageModelRequest): Settings {
  const { settings } = readSettings();
  return {
    ...settings,
    instructions,
    n: 1,
    seed: null,
    reasoningSummary: 'default',
    ...(model !== undefined && { model }),
    ...(reasoningEffort !== undefined && { reasoningEffort }),
    ...(maxCompletionTokens !== undefined && { maxCompletionTokens }),
  };
}

async function countPrompt(request: LanguageModelRequest, counter: TokenCounter): Promise<number> {
  let tokens = request.messages.length * TOKENS_PER_MESSAGE + TOKENS_PER_ANSWER;
  for (const text of chatRequestTexts(request)) tokens += await counter.count(text);
  return tokens;
}

/** Asks the user if the request may exceed the daily budget. */
async function isWithinBudget(
  { model, limit, promptTokens, price }: RequestTerms,
  settings: Settings,
  { spending }: LanguageModelRequestServices,
): Promise<boolean> {
  // Without a budget, the spending need not be read.
  if (settings.dailyBudget === null) return true;
  const budget = await readDailyBudget(spending, settings);
  const maxCostUsd = price && maxCost(price, promptTokens, limit, 1);
  if (!exceedsDailyBudget(budget, maxCostUsd)) return true;
  const { confirmRequest } = await import('./consent/consent-dialog');
  const { instructions } = settings;
  const input = { history: [], question: { text: '' }, instructions, model, limit, n: 1 };
  const consent = await confirmRequest(
    { ...input, metadata: price ? { price } : {} },
    { promptTokens, answerLimit: { tokens: limit }, ...(maxCostUsd !== undefined && { maxCostUsd }) },
    budget,
    ['budget-exceeded'],
  );
  return consent.kind === 'send';
}
