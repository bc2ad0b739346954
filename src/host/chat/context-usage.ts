import { l10n, type LogOutputChannel } from 'vscode';
import type { Clock } from '../../core/clock';
import type { TokenCounter } from '../../core/tokens/count';
import type { EstimateView } from '../../protocol/messages';
import { logTo } from '../error-reporting';
import type { ModelMetadataService } from '../models/model-metadata';
import { readEndpoint } from '../models/service-endpoint';
import { readSettings } from '../settings';
import type { ApiKeyStore } from '../storage/api-key-store';
import type { Spending } from '../storage/spending';
import type { QuestionBox } from './question-box';
import {
  estimateRequest,
  exceedsContext,
  type EstimateInput,
  type RequestEstimate,
} from './request-estimate';
import { formatCount, formatUsd } from '../number-format';

/** Shows next to the Send button how many tokens a request has and what it costs at most. */
export interface ContextUsage {
  /** Estimates again when no further change follows. */
  update(): void;
  dispose(): void;
}

export interface ContextUsageServices {
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

export function createContextUsage(services: ContextUsageServices): ContextUsage {
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

async function estimateOf(services: ContextUsageServices): Promise<EstimateView> {
  const { models, keys, counter, spending, box } = services;
  const { settings } = readSettings();
  const { model, maxCompletionTokens: limit, n, instructions, dailyBudget } = settings;
  const nothing: EstimateView = { model, text: '', explanation: '', level: 'fine' };
  const endpoint = readEndpoint(settings);
  const { history, question } = await box.draft();
  if (typeof endpoint === 'string' || question.text.trim() === '') return nothing;

  const metadata = models.getMetadata(settings, endpoint, await keys.get(endpoint.origin));
  const input: EstimateInput = { history, question, instructions, model, limit, n, metadata };
  const estimate = await estimateRequest(input, counter);
  const left = dailyBudget === null ? Infinity : dailyBudget - (await spending.today());
  return { model, ...describe(input, estimate, left) };
}

/** @param left the rest of the daily budget, in US dollars */
function describe(
  input: EstimateInput,
  estimate: RequestEstimate,
  left: number,
): Omit<EstimateView, 'model'> {
  const { promptTokens, fit, greatestCost: usd } = estimate;
  const tokens = l10n.t('{0} tokens', formatCount(promptTokens));
  const overWindow = fit !== undefined && exceedsContext(fit);
  const overBudget = usd !== undefined && usd > left;
  return {
    text: usd === undefined ? tokens : l10n.t('{0} · at most {1}', tokens, formatUsd(usd)),
    explanation: explain(input, estimate, overWindow, overBudget),
    level: overWindow || overBudget ? 'too-much' : 'fine',
  };
}

function explain(
  { history, question, n, limit, metadata }: EstimateInput,
  { promptTokens, greatestCost: usd }: RequestEstimate,
  overWindow: boolean,
  overBudget: boolean,
): string {
  const what = [
    l10n.t('your question'),
    ...(question.attachments ? [l10n.t('the attached code')] : []),
    ...(history.length > 0 ? [l10n.t('the chat so far')] : []),
  ].join(', ');
  const answers = l10n.t('{0} × up to {1} completion tokens, including reasoning', n, formatCount(limit));
  return [
    l10n.t('{0} prompt tokens: {1}.', formatCount(promptTokens), what),
    usd === undefined
      ? l10n.t('The price is not known.')
      : l10n.t('With {0}: at most {1}.', answers, formatUsd(usd)),
    overWindow
      ? l10n.t('This exceeds the context window of {0} tokens.', formatCount(metadata.context ?? 0))
      : '',
    overBudget ? l10n.t('This exceeds the remaining daily budget.') : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}
