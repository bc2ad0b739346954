import type { Consent, ConsentReason } from './consent-dialog';
import { exceedsDailyBudget, type DailyBudget } from './daily-budget';
import { exceedsContext, type EstimateInput, type RequestEstimate } from '../estimates/request-estimate';

/**
 * Asks the user before a request is sent that is large, exceeds the budget or exceeds the context of the model, or that
 * summarizes earlier turns.
 */
export type AskConsent = (
  input: EstimateInput,
  estimate: RequestEstimate,
  budget: DailyBudget,
) => Promise<Consent>;

/** Size of a prompt, in tokens, from which the user is asked: a quarter of the context of o1-mini. */
const LARGE_PROMPT_TOKENS = 32_000;

export function createConsent(): AskConsent {
  /** Combinations of model, number of answers and token limit that the user has agreed to in this window. */
  const agreed = new Set<string>();

  return async (input, estimate, budget) => {
    const answers = `${input.n} ${estimate.answerLimit.tokens} ${input.model}`;
    const reasons = reasonsToAsk(input, estimate, budget).filter(
      (reason) => reason !== 'several-answers' || !agreed.has(answers),
    );
    if (reasons.length === 0) return { kind: 'send' };
    const { confirmRequest } = await import('./consent-dialog');
    const consent = await confirmRequest(input, estimate, budget, reasons);
    if (consent.kind === 'send') agreed.add(answers);
    return consent;
  };
}

function reasonsToAsk(
  { n, summarizes }: EstimateInput,
  { fit, promptTokens, maxCostUsd }: RequestEstimate,
  budget: DailyBudget,
): readonly ConsentReason[] {
  return [
    ...(summarizes === undefined ? [] : ['summary' as const]),
    ...(fit && exceedsContext(fit) ? ['context-exceeded' as const] : []),
    ...(promptTokens >= LARGE_PROMPT_TOKENS ? ['large-prompt' as const] : []),
    ...(n > 1 ? ['several-answers' as const] : []),
    ...(exceedsDailyBudget(budget, maxCostUsd) ? ['budget-exceeded' as const] : []),
  ];
}
