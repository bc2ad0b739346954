import { l10n } from 'vscode';
import type { Clock } from '../../core/clock';
import type { TokenCounter } from '../../core/tokens/count';
import type { EstimateView } from '../../protocol/messages';
import type { ModelBook } from '../models/model-metadata';
import { readEndpoint } from '../models/service-endpoint';
import { readSettings } from '../settings';
import type { KeyStore } from '../storage/keys';
import type { Spending } from '../storage/spending';
import type { Composition } from './request-draft';
import { forecast, isTooMuch, type Forecast, type Plan } from './request-estimate';
import { formatCount, formatUsd } from '../number-format';

/** Says beside the Send button what sending would take. */
export interface Meter {
  /** Something has changed that decides it; said again when the typing pauses. */
  changed(): void;
}

export interface MeterServices {
  readonly models: ModelBook;
  readonly keys: KeyStore;
  readonly counter: TokenCounter;
  readonly spending: Spending;
  readonly clock: Clock;
  readonly composition: Composition;
  readonly post: (estimate: EstimateView) => void;
}

/** Milliseconds without a key before it counts. */
const pause = 200;

export function createMeter(services: MeterServices): Meter {
  const { clock, post } = services;
  let latest = 0;
  let cancel = (): void => undefined;

  async function measure(): Promise<void> {
    const mine = ++latest;
    const estimate = await estimateOf(services);
    // A later change has its own measure.
    if (mine === latest) post(estimate);
  }

  return {
    changed() {
      cancel();
      cancel = clock.after(pause, () => void measure());
    },
  };
}

async function estimateOf(services: MeterServices): Promise<EstimateView> {
  const { models, keys, counter, spending, composition } = services;
  const { settings } = readSettings();
  const { model, maxCompletionTokens: limit, n, instructions, dailyBudget } = settings;
  const nothing: EstimateView = { model, words: '', explanation: '', level: 'fine' };
  const endpoint = readEndpoint(settings);
  const { history } = composition;
  const question = await composition.question;
  if (typeof endpoint === 'string' || question.text.trim() === '') return nothing;

  const facts = models.facts(settings, endpoint, await keys.get(endpoint.origin));
  const plan: Plan = { history, question, instructions, model, limit, n, facts };
  const expected = await forecast(plan, counter);
  const left = dailyBudget === null ? Infinity : dailyBudget - (await spending.today());
  return { model, ...describe(plan, expected, left) };
}

/** @param left US dollars of the day's budget */
function describe(plan: Plan, expected: Forecast, left: number): Omit<EstimateView, 'model'> {
  const { promptTokens, fit, greatestCost: usd } = expected;
  const tokens = l10n.t('{0} tokens', formatCount(promptTokens));
  const overWindow = fit !== undefined && isTooMuch(fit);
  const overBudget = usd !== undefined && usd > left;
  return {
    words: usd === undefined ? tokens : l10n.t('{0} · at most {1}', tokens, formatUsd(usd)),
    explanation: explain(plan, expected, overWindow, overBudget),
    level: overWindow || overBudget ? 'too-much' : 'fine',
  };
}

function explain(
  { history, question, n, limit, facts }: Plan,
  { promptTokens, greatestCost: usd }: Forecast,
  overWindow: boolean,
  overBudget: boolean,
): string {
  const what = [
    l10n.t('your question'),
    ...(question.attachments ? [l10n.t('the attached code')] : []),
    ...(history.length > 0 ? [l10n.t('the chat so far')] : []),
  ].join(', ');
  const answers = l10n.t('{0} × up to {1} tokens of answer, thinking included', n, formatCount(limit));
  return [
    l10n.t('{0} tokens of prompt: {1}.', formatCount(promptTokens), what),
    usd === undefined
      ? l10n.t('The price is not known.')
      : l10n.t('With {0}: at most {1}.', answers, formatUsd(usd)),
    overWindow ? l10n.t('The model holds {0} tokens: it is too much.', formatCount(facts.context ?? 0)) : '',
    overBudget ? l10n.t('That is more than is left of the daily budget.') : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}
