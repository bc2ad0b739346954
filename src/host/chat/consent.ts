import { l10n } from 'vscode';
import type { Terms } from '../../core/chat/answer';
import { beginning } from '../../core/text/beginning';
import { fillIn, inertValue } from '../../core/text/inert';
import { showDialog } from '../notifications';
import { isTooMuch, type Forecast, type Plan } from './request-estimate';
import { formatCount, formatUsd } from '../number-format';

export type Consent =
  | { readonly kind: 'send'; readonly omitted?: NonNullable<Terms['omitted']> }
  /** The user decided against it. */
  | { readonly kind: 'withheld' };

/** What the day has cost so far, and may cost, in US dollars. */
export interface Budget {
  readonly spent: number;
  /** Null where there is none. */
  readonly limit: number | null;
}

/** Asks before a question leaves that is large, dear or too much for the model. */
export type AskConsent = (plan: Plan, forecast: Forecast, budget: Budget) => Promise<Consent>;

/** Tokens from which the user is asked first: a quarter of what o1-mini can read. */
const askFrom = 32_000;
/** Questions that are named in a dialog. */
const mostNamed = 5;
/** Characters of their names. */
const longestName = 60;

export function createConsent(): AskConsent {
  /** Numbers of answers, with their limits, that the user has agreed to in this window. */
  const agreed = new Set<string>();

  return async (plan, forecast, budget) => {
    const alternatives = `${plan.n} ${plan.limit} ${plan.model}`;
    const reasons = [
      ...tooMuch(plan, forecast),
      ...(forecast.promptTokens >= askFrom ? [l10n.t('That is a large prompt.')] : []),
      ...(plan.n > 1 && !agreed.has(alternatives) ? [ofAlternatives(plan)] : []),
      ...overBudget(forecast, budget),
    ];
    if (reasons.length === 0) return { kind: 'send' };
    const consent = await confirm(plan, forecast, reasons);
    if (consent.kind === 'send') agreed.add(alternatives);
    return consent;
  };
}

async function confirm(plan: Plan, forecast: Forecast, reasons: readonly string[]): Promise<Consent> {
  const { fit, promptTokens } = forecast;
  const omitted = fit?.fits && isTooMuch(fit) ? fit : undefined;
  const leaveOut = l10n.t('Leave Out and Send');
  const sendAll = omitted ? l10n.t('Send Everything') : l10n.t('Send Anyway');
  const text = l10n.t('Send about {0} tokens to {1}?');
  const detail = [...reasons, priceOf(plan, forecast), l10n.t('Nothing has been sent yet.')].join('\n\n');
  // Without the code that it is about, a question is seldom worth its price: then that is not the first button.
  const both = omitted?.droppedContext === true ? [sendAll, leaveOut] : [leaveOut, sendAll];
  const buttons = omitted ? both : [sendAll];
  const values = [formatCount(promptTokens), plan.model];
  const chosen = await showDialog({ severity: 'warning', text, values, detail, buttons });
  if (chosen === undefined) return { kind: 'withheld' };
  if (!omitted || chosen === sendAll) return { kind: 'send' };
  return { kind: 'send', omitted: { turns: omitted.droppedTurns, context: omitted.droppedContext } };
}

/** What the model's window has no room for, oldest first. */
function tooMuch({ facts, limit, history, question }: Plan, { fit }: Forecast): readonly string[] {
  if (!fit || !isTooMuch(fit)) return [];
  const window = l10n.t(
    'With up to {0} tokens for the answer it is more than the {1} tokens that the model can hold.',
    formatCount(limit),
    formatCount(facts.context ?? 0),
  );
  if (!fit.fits) {
    return [
      window,
      l10n.t('Nothing can be left out that would make it fit; the service will probably refuse it.'),
    ];
  }
  const dropped = history
    .slice(0, fit.droppedTurns)
    .map((turn) => `• ${inertValue(beginning(turn.question.text, longestName))}`);
  const turns = [
    l10n.t('To make it fit, these earlier questions would be left out, with their answers:'),
    ...dropped.slice(0, mostNamed),
    ...(dropped.length > mostNamed ? [l10n.t('• and {0} more', dropped.length - mostNamed)] : []),
  ].join('\n');
  const code = fillIn(l10n.t('To make it fit, the attached code would be left out: {0}'), [
    (question.attachments ?? []).map(({ label }) => label).join(', '),
  ]);
  return [window, ...(fit.droppedTurns > 0 ? [turns] : []), ...(fit.droppedContext ? [code] : [])];
}

function ofAlternatives({ n, limit }: Plan): string {
  return l10n.t(
    'It asks for {0} answers, each of up to {1} tokens, and each is billed (o1mini.n). You are asked this once.',
    n,
    formatCount(limit),
  );
}

function overBudget({ greatestCost }: Forecast, { spent, limit }: Budget): readonly string[] {
  if (limit === null) return [];
  if (greatestCost === undefined) {
    return [l10n.t('It cannot be held against your daily budget of {0}.', formatUsd(limit))];
  }
  if (spent + greatestCost <= limit) return [];
  return [
    l10n.t(
      'Today has cost {0} so far. This may take it beyond your daily budget of {1} (o1mini.dailyBudget).',
      formatUsd(spent),
      formatUsd(limit),
    ),
  ];
}

function priceOf({ limit, n, facts }: Plan, { greatestCost }: Forecast): string {
  if (greatestCost === undefined || !facts.price) return l10n.t('Its price is not known here.');
  return l10n.t(
    'It costs at most {0}: {1} per million tokens of prompt, {2} per million of answer, for {3} × {4} tokens of answer.',
    formatUsd(greatestCost),
    formatUsd(facts.price.input),
    formatUsd(facts.price.output),
    n,
    formatCount(limit),
  );
}
