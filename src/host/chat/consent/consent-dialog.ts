import { l10n } from 'vscode';
import type { RequestTerms } from '../../../core/chat/answer';
import { truncateLine } from '../../../core/text/truncate';
import { sanitizeLine, formatMessage } from '../../../core/text/untrusted-text';
import { showDialog } from '../../notifications';
import { formatCount, formatUsd } from '../../number-format';
import { unknownCostText } from '../estimates/estimate-texts';
import type { DailyBudget } from './daily-budget';
import { exceedsContext, type EstimateInput, type RequestEstimate } from '../estimates/request-estimate';

export type Consent =
  | { readonly kind: 'send'; readonly omitted?: NonNullable<RequestTerms['omitted']> }
  /** The user decided against it, or wants the earlier turns to be summarized first. */
  | { readonly kind: 'cancelled'; readonly instead?: 'summarize' };

/** Why the user is asked before a request is sent. */
export type ConsentReason =
  'summary' | 'context-exceeded' | 'large-prompt' | 'several-answers' | 'budget-exceeded';

/** Questions that the dialog names. */
const MAX_NAMED_QUESTIONS = 5;
/** Longest name of a question in the dialog, in UTF-16 units. */
const MAX_NAME_LENGTH = 60;

/** Names the reasons to ask and the highest price, and asks whether to send the request. */
export async function confirmRequest(
  input: EstimateInput,
  estimate: RequestEstimate,
  budget: DailyBudget,
  reasons: readonly ConsentReason[],
): Promise<Consent> {
  const { fit, promptTokens } = estimate;
  const omitted = fit?.fits && exceedsContext(fit) ? fit : undefined;
  const leaveOut = l10n.t('Leave Out and Send');
  const sendAll = sendLabel(input, omitted !== undefined);
  const text =
    input.summarizes === undefined
      ? l10n.t('Do you want to send about {0} tokens to {1}?')
      : l10n.t('Do you want to send about {0} tokens to {1} to summarize earlier turns?');
  const detail = [
    ...reasons.flatMap((reason) => explain(reason, input, estimate, budget)),
    priceSentence(input, estimate),
    l10n.t('Nothing has been sent yet.'),
  ].join('\n\n');
  // A question without its code is rarely useful, so omitting the code is not the first button.
  const both = omitted?.droppedAttachments === true ? [sendAll, leaveOut] : [leaveOut, sendAll];
  const summarize = l10n.t('Summarize Earlier Turns');
  const offersSummary = input.canSummarize === true && fit !== undefined && fit.droppedTurns > 0;
  const buttons = [...(omitted ? both : [sendAll]), ...(offersSummary ? [summarize] : [])];
  const values = [formatCount(promptTokens), input.model];
  const chosen = await showDialog({ severity: 'warning', text, values, detail, buttons });
  if (chosen === undefined) return { kind: 'cancelled' };
  if (chosen === summarize) return { kind: 'cancelled', instead: 'summarize' };
  if (!omitted || chosen === sendAll) return { kind: 'send' };
  return { kind: 'send', omitted: { turns: omitted.droppedTurns, context: omitted.droppedAttachments } };
}

function sendLabel({ summarizes }: EstimateInput, omits: boolean): string {
  if (summarizes !== undefined) return l10n.t('Summarize');
  return omits ? l10n.t('Send Everything') : l10n.t('Send Anyway');
}

function explain(
  reason: ConsentReason,
  input: EstimateInput,
  estimate: RequestEstimate,
  budget: DailyBudget,
): readonly string[] {
  switch (reason) {
    case 'summary':
      return [explainSummary(input)];
    case 'context-exceeded':
      return explainContext(input, estimate);
    case 'large-prompt':
      return [l10n.t('The prompt is large.')];
    case 'several-answers':
      return [explainAnswers(input, estimate)];
    case 'budget-exceeded':
      return explainBudget(estimate, budget);
  }
}

/** The parts that do not fit into the context of the model, oldest first. */
function explainContext(
  { metadata, limit, history, question }: EstimateInput,
  { fit }: RequestEstimate,
): readonly string[] {
  if (!fit) return [];
  const window = l10n.t(
    'With up to {0} tokens for the answer, the request exceeds the context window of {1} tokens.',
    formatCount(limit),
    formatCount(metadata.context ?? 0),
  );
  if (!fit.fits) {
    return [
      window,
      l10n.t(
        'The request cannot be shortened to fit into the context window. The service will probably reject the request.',
      ),
    ];
  }
  const dropped = history
    .slice(0, fit.droppedTurns)
    .map((turn) => `• ${sanitizeLine(truncateLine(turn.question.text, MAX_NAME_LENGTH))}`);
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
  return [window, ...(fit.droppedTurns > 0 ? [turns] : []), ...(fit.droppedAttachments ? [code] : [])];
}

function explainSummary({ summarizes }: EstimateInput): string {
  const what =
    summarizes === 1
      ? l10n.t('The first question and its answer are summarized.')
      : l10n.t('The first {0} questions and their answers are summarized.', formatCount(summarizes ?? 0));
  return [
    what,
    l10n.t(
      'The summary is then sent in place of these questions and answers, which stay in the chat. You can edit or undo the summary.',
    ),
  ].join(' ');
}

function explainAnswers({ n }: EstimateInput, { answerLimit }: RequestEstimate): string {
  return l10n.t(
    'The setting o1mini.n requests {0} answers of up to {1} tokens each. Every answer is billed. You are asked only once.',
    n,
    formatCount(answerLimit.tokens),
  );
}

function explainBudget(
  { maxCostUsd }: RequestEstimate,
  { spent, unknown, limit }: DailyBudget,
): readonly string[] {
  if (limit === null) return [];
  if (maxCostUsd === undefined) {
    return [l10n.t('The cost cannot be compared with your daily budget of {0}.', formatUsd(limit))];
  }
  return [
    l10n.t(
      'You have spent {0} today. This request may exceed your daily budget of {1} (o1mini.dailyBudget).',
      formatUsd(spent),
      formatUsd(limit),
    ),
    ...(unknown > 0 ? [unknownCostText(unknown)] : []),
  ];
}

function priceSentence({ n, metadata }: EstimateInput, { answerLimit, maxCostUsd }: RequestEstimate): string {
  if (maxCostUsd === undefined || !metadata.price) return l10n.t('The price of this model is not known.');
  return l10n.t(
    'Maximum cost: {0} ({1} per million prompt tokens, {2} per million completion tokens, {3} × {4} completion tokens).',
    formatUsd(maxCostUsd),
    formatUsd(metadata.price.input),
    formatUsd(metadata.price.output),
    n,
    formatCount(answerLimit.tokens),
  );
}
