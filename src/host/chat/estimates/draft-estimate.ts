import { l10n, type LogOutputChannel } from 'vscode';
import type { Clock } from '../../../core/clock';
import type { Question } from '../../../core/chat/conversation';
import type { SourcedMetadata } from '../../../core/models/sourced-metadata';
import type { EnumParameter } from '../../../core/models/parameter-values';
import type { TokenCounter } from '../../../core/tokens/token-counter';
import type { Turn } from '../../../core/chat/turn';
import { nearlyFullSize } from '../../../core/prompt/context-budget';
import { turnMessages } from '../../../core/prompt/messages';
import type { AnswerNoticeView, EstimateView } from '../../../protocol/messages';
import { logTo } from '../../error-reporting';
import type { ModelMetadataService } from '../../models/model-metadata';
import { readEndpoint } from '../../models/service-endpoint';
import { readSettings, type Settings } from '../../settings';
import type { ApiKeyStore } from '../../storage/api-key-store';
import type { Spending } from '../../storage/spending';
import { button } from '../error-card';
import type { QuestionBox } from '../question-box';
import { settingsFor } from '../request-draft';
import {
  estimateRequest,
  exceedsContext,
  type EstimateInput,
  type RequestEstimate,
} from './request-estimate';
import { loweredLimitText } from './estimate-texts';
import { formatCount, formatUsd } from '../../number-format';

/** Shows next to the Send button how many tokens a request has and what it costs at most. */
export interface DraftEstimate {
  /** Estimates again when no further change follows. */
  update(): void;
  dispose(): void;
}

export interface DraftEstimateServices {
  readonly models: ModelMetadataService;
  readonly keys: ApiKeyStore;
  readonly counter: TokenCounter;
  readonly spending: Spending;
  readonly clock: Clock;
  readonly box: Pick<QuestionBox, 'draft'>;
  readonly post: (estimate: EstimateView) => void;
  readonly log: LogOutputChannel;
}

/** Time without a change before the request is counted again, in ms. */
const DEBOUNCE_MS = 200;

export function createDraftEstimate(services: DraftEstimateServices): DraftEstimate {
  const { clock, post, log } = services;
  let latest = 0;
  let cancel = (): void => undefined;

  async function measure(): Promise<void> {
    const mine = ++latest;
    const estimate = await estimateOf(services);
    // A later change has its own estimate.
    if (mine === latest) post(estimate);
  }

  return {
    update() {
      cancel();
      cancel = clock.after(DEBOUNCE_MS, () => void measure().catch(logTo(log, 'The estimate')));
    },
    dispose() {
      latest++;
      cancel();
    },
  };
}

async function estimateOf(services: DraftEstimateServices): Promise<EstimateView> {
  const { models, keys, counter, spending, box } = services;
  const draft = await box.draft();
  const settings = settingsFor(readSettings().settings, draft);
  const { model, maxCompletionTokens: limit, n, instructions, dailyBudget } = settings;
  const endpoint = readEndpoint(settings);
  const { history, question } = draft;
  const sourced = typeof endpoint === 'string' ? undefined : models.getSourcedMetadata(settings, endpoint);
  const head = { model, ...parameterTexts(settings, question, sourced) };
  const nothing: EstimateView = { ...head, text: '', explanation: '', level: 'fine' };
  const isWritten = question.text.trim() !== '';
  if (typeof endpoint === 'string' || (!isWritten && history.length === 0)) return nothing;

  const metadata = models.getMetadata(settings, endpoint, await keys.get(endpoint.origin));
  const input: EstimateInput = { history, question, instructions, model, limit, n, metadata };
  // A token is rarely shorter than a character, so the tokens of most chats need not be counted.
  if (!isWritten && lengthOf(history) < nearlyFullSize(metadata.context ?? Infinity, limit)) return nothing;
  const estimate = await estimateRequest(input, counter);
  const suggestion = estimate.isNearlyFull && suggestSummary(metadata.context ?? 0);
  const remainingBudget = dailyBudget === null ? Infinity : dailyBudget - (await spending.usdToday());
  return {
    ...(isWritten ? { ...head, ...describe(input, estimate, remainingBudget) } : nothing),
    ...(suggestion && { suggestion }),
  };
}

function lengthOf(history: readonly Turn[]): number {
  const messages = history.flatMap((turn) => turnMessages(turn, ''));
  return messages.reduce((sum, { content }) => sum + content.length, 0);
}

function suggestSummary(context: number): AnswerNoticeView {
  return {
    text: l10n.t(
      'Earlier turns take up most of the context window of {0} tokens, and are sent with every question.',
      formatCount(context),
    ),
    buttons: [button('summarizeTurns')],
  };
}

/** The reasoning effort and the verbosity of the next question; without those that the model does not have. */
function parameterTexts(
  { reasoningEffort, verbosity }: Settings,
  question: Question,
  known: SourcedMetadata | undefined,
): Pick<EstimateView, 'effort' | 'verbosity'> {
  const textOf = (parameter: EnumParameter, text: string): string =>
    question[parameter] === undefined ? text : l10n.t('{0} (next question)', text);
  const effort = reasoningEffort === 'default' ? l10n.t('default effort') : reasoningEffort;
  const detail = verbosity === 'default' ? l10n.t('default') : verbosity;
  return {
    ...(known?.reasoningEffort?.value.length !== 0 && { effort: textOf('reasoningEffort', effort) }),
    ...(known?.verbosity?.value.length !== 0 && { verbosity: textOf('verbosity', detail) }),
  };
}

/** @param remainingBudget the rest of the daily budget, in US dollars */
function describe(
  input: EstimateInput,
  estimate: RequestEstimate,
  remainingBudget: number,
): Omit<EstimateView, 'model' | 'effort' | 'verbosity'> {
  const { promptTokens, fit, maxCostUsd: usd } = estimate;
  const tokens = l10n.t('{0} tokens', formatCount(promptTokens));
  const overWindow = fit !== undefined && exceedsContext(fit);
  const overBudget = usd !== undefined && usd > remainingBudget;
  return {
    text:
      usd === undefined
        ? l10n.t('{0} · price not known', tokens)
        : l10n.t('{0} · at most {1}', tokens, formatUsd(usd)),
    explanation: explain(input, estimate, overWindow, overBudget),
    level: overWindow || overBudget ? 'too-much' : 'fine',
  };
}

function explain(
  { history, question, n, metadata }: EstimateInput,
  { promptTokens, answerLimit, maxCostUsd: usd }: RequestEstimate,
  overWindow: boolean,
  overBudget: boolean,
): string {
  const what = [
    l10n.t('your question'),
    ...(question.attachments ? [l10n.t('the attached code')] : []),
    ...(history.length > 0 ? [l10n.t('the chat so far')] : []),
  ].join(', ');
  const answers = l10n.t(
    '{0} × up to {1} completion tokens, including reasoning',
    n,
    formatCount(answerLimit.tokens),
  );
  return [
    l10n.t('{0} prompt tokens: {1}.', formatCount(promptTokens), what),
    usd === undefined
      ? l10n.t('The price of this model is not known.')
      : l10n.t('With {0}: at most {1}.', answers, formatUsd(usd)),
    answerLimit.lowered ? loweredLimitText(answerLimit.tokens, answerLimit.lowered) : '',
    overWindow
      ? l10n.t('The request exceeds the context window of {0} tokens.', formatCount(metadata.context ?? 0))
      : '',
    overBudget ? l10n.t('The request exceeds the remaining daily budget.') : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}
