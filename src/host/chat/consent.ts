import { l10n } from 'vscode';
import type { Terms } from '../../core/chat/answer';
import { truncateLine } from '../../core/text/truncate';
import { formatMessage, escapeValue } from '../../core/text/untrusted-text';
import { showDialog } from '../notifications';
import { exceedsContext, type EstimateInput, type RequestEstimate } from './request-estimate';
import { formatCount, formatUsd } from '../number-format';

export type Consent =
  | { readonly kind: 'send'; readonly omitted?: NonNullable<Terms['omitted']> }
  /** The user decided against it. */
  | { readonly kind: 'cancelled' };

/** Spending of the day and its limit, in US dollars. */
export interface Budget {
  readonly spent: number;
  /** Null where no budget is set. */
  readonly limit: number | null;
}

/** Asks the user before a request is sent that is large, exceeds the budget or exceeds the context of the model. */
export type AskConsent = (
  input: EstimateInput,
  estimate: RequestEstimate,
  budget: Budget,
) => Promise<Consent>;

/** Size of a prompt, in tokens, from which the user is asked: a quarter of the context of o1-mini. */
const LARGE_PROMPT_TOKENS = 32_000;
/** Questions that a dialog names. */
const MAX_NAMED_QUESTIONS = 5;
/** Longest name of a question in a dialog, in UTF-16 units. */
const MAX_NAME_LENGTH = 60;

export function createConsent(): AskConsent {
  /** Combinations of model, number of answers and token limit that the user has agreed to in this window. */
  const agreed = new Set<string>();

  return async (input, estimate, budget) => {
    const alternatives = `${input.n} ${input.limit} ${input.model}`;
    const reasons = [
      ...contextReasons(input, estimate),
      ...(estimate.promptTokens >= LARGE_PROMPT_TOKENS ? [l10n.t('The prompt is large.')] : []),
      ...(input.n > 1 && !agreed.has(alternatives) ? [alternativesReason(input)] : []),
      ...budgetReasons(estimate, budget),
    ];
    if (reasons.length === 0) return { kind: 'send' };
    const consent = await confirm(input, estimate, reasons);
    if (consent.kind === 'send') agreed.add(alternatives);
    return consent;
  };
}

async function confirm(
  input: EstimateInput,
  estimate: RequestEstimate,
  reasons: readonly string[],
): Promise<Consent> {
  const { fit, promptTokens } = estimate;
  const omitted = fit?.fits && exceedsContext(fit) ? fit : undefined;
  const leaveOut = l10n.t('Leave Out and Send');
  const sendAll = omitted ? l10n.t('Send Everything') : l10n.t('Send Anyway');
  const text = l10n.t('Send about {0} tokens to {1}?');
  const detail = [...reasons, priceSentence(input, estimate), l10n.t('Nothing has been sent yet.')].join(
    '\n\n',
  );
  // Without the code that it is about, a question is seldom worth its price: then that is not the first button.
  const both = omitted?.droppedContext === true ? [sendAll, leaveOut] : [leaveOut, sendAll];
  const buttons = omitted ? both : [sendAll];
  const values = [formatCount(promptTokens), input.model];
  const chosen = await showDialog({ severity: 'warning', text, values, detail, buttons });
  if (chosen === undefined) return { kind: 'cancelled' };
  if (!omitted || chosen === sendAll) return { kind: 'send' };
  return { kind: 'send', omitted: { turns: omitted.droppedTurns, context: omitted.droppedContext } };
}

/** The parts that do not fit into the context of the model, oldest first. */
function contextReasons(
  { metadata, limit, history, question }: EstimateInput,
  { fit }: RequestEstimate,
): readonly string[] {
  if (!fit || !exceedsContext(fit)) return [];
  const window = l10n.t(
    'With up to {0} tokens for the answer, the request exceeds the context window of {1} tokens.',
    formatCount(limit),
    formatCount(metadata.context ?? 0),
  );
  if (!fit.fits) {
    return [
      window,
      l10n.t('Nothing can be left out to make the request fit. The service will probably reject it.'),
    ];
  }
  const dropped = history
    .slice(0, fit.droppedTurns)
    .map((turn) => `• ${escapeValue(truncateLine(turn.question.text, MAX_NAME_LENGTH))}`);
  const turns = [
    l10n.t('To make the request fit, these earlier questions and their answers would be left out:'),
    ...dropped.slice(0, MAX_NAMED_QUESTIONS),
    ...(dropped.length > MAX_NAMED_QUESTIONS
      ? [l10n.t('• and {0} more', dropped.length - MAX_NAMED_QUESTIONS)]
      : []),
  ].join('\n');
  const code = formatMessage(l10n.t('To make the request fit, the attached code would be left out: {0}'), [
    (question.attachments ?? []).map(({ label }) => label).join(', '),
  ]);
  return [window, ...(fit.droppedTurns > 0 ? [turns] : []), ...(fit.droppedContext ? [code] : [])];
}

function alternativesReason({ n, limit }: EstimateInput): string {
  return l10n.t(
    'The setting o1mini.n requests {0} answers of up to {1} tokens each. Every answer is billed. You are asked only once.',
    n,
    formatCount(limit),
  );
}

function budgetReasons({ greatestCost }: RequestEstimate, { spent, limit }: Budget): readonly string[] {
  if (limit === null) return [];
  if (greatestCost === undefined) {
    return [l10n.t('The cost cannot be compared with your daily budget of {0}.', formatUsd(limit))];
  }
  if (spent + greatestCost <= limit) return [];
  return [
    l10n.t(
      'You have spent {0} today. This request may exceed your daily budget of {1} (o1mini.dailyBudget).',
      formatUsd(spent),
      formatUsd(limit),
    ),
  ];
}

function priceSentence({ limit, n, metadata }: EstimateInput, { greatestCost }: RequestEstimate): string {
  if (greatestCost === undefined || !metadata.price) return l10n.t('The price of this model is not known.');
  return l10n.t(
    'Maximum cost: {0} ({1} per million prompt tokens, {2} per million completion tokens, {3} × {4} completion tokens).',
    formatUsd(greatestCost),
    formatUsd(metadata.price.input),
    formatUsd(metadata.price.output),
    n,
    formatCount(limit),
  );
}
