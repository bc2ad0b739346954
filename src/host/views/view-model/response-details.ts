import { l10n } from 'vscode';
import { shownChoice, type Answer, type RequestUsage, type Run } from '../../../core/chat/answer';
import { costOfAnswer, hasUnknownCost, type Cost } from '../../../core/chat/cost';
import type { Price } from '../../../core/tokens/price';
import type { DetailView, ResponseDetailsView } from '../../../protocol/messages';
import { formatCount, formatTenths, formatUsd } from '../../number-format';

/** The metadata of an answer that the service reports: a summary in one line, and all details. */
export function viewResponseDetails(answer: Answer): ResponseDetailsView {
  const { runs } = answer;
  const receipts = runs.flatMap((run) => run.receipts);
  if (receipts.length === 0) return { summary: '', rows: [] };
  return { summary: summaryOf(answer, receipts), rows: rowsOf(answer, receipts) };
}

function summaryOf(answer: Answer, receipts: readonly RequestUsage[]): string {
  const count = (name: 'promptTokens' | 'completionTokens' | 'reasoningTokens'): number | undefined =>
    sum(receipts.map(({ usage }) => usage?.[name]));
  const counts = [
    { tokens: count('promptTokens'), name: l10n.t('prompt') },
    { tokens: count('completionTokens'), name: l10n.t('completion') },
    { tokens: count('reasoningTokens'), name: l10n.t('reasoning') },
  ].flatMap(({ tokens, name }) => (tokens === undefined ? [] : [`${formatCount(tokens)} ${name}`]));
  const cost = costOfAnswer(answer);
  const seed = answer.runs.at(-1)?.seed ?? null;
  return [
    receipts.at(-1)?.model ?? '',
    counts.length > 0 ? l10n.t('{0} tokens', counts.join(' · ')) : '',
    cost ? priceText(cost) : hasUnknownPrice(answer) ? l10n.t('price not known') : '',
    effortSummary(answer),
    seed === null ? '' : l10n.t('seed {0}', seed),
    omittedText(answer),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function rowsOf(answer: Answer, receipts: readonly RequestUsage[]): readonly DetailView[] {
  const { runs } = answer;
  const last = runs.at(-1);
  const { finishReason, annotations, reasoning } = shownChoice(answer);
  const cost = costOfAnswer(answer);
  const rows: readonly (readonly [string, string | undefined])[] = [
    [l10n.t('Requested model'), last && `${last.terms.model}, ${last.terms.origin}`],
    [l10n.t('Model'), distinct(receipts.map(({ model }) => model))],
    [l10n.t('Finish reason'), finishReason],
    ...tokenRows(receipts, reasoning),
    [l10n.t('Token limit'), last && limitText(last)],
    [l10n.t('Price'), cost ? `${priceText(cost)} (${basisText(cost)})` : unknownPriceText(answer)],
    [
      l10n.t('Price per million tokens'),
      cost && cost.basis !== 'billed' ? ratesText(last?.terms.price) : undefined,
    ],
    [l10n.t('Reasoning effort'), last && sentValueText(last.reasoningEffort, last.terms.reasoningEffort)],
    [l10n.t('Verbosity'), last && sentValueText(last.verbosity, last.terms.verbosity)],
    [l10n.t('Seed'), last?.seed?.toString()],
    [l10n.t('Omitted'), omittedText(answer) || undefined],
    [l10n.t('Time to first token'), distinct(runs.map((run) => seconds(run.sentAt, run.firstWordAt)))],
    [l10n.t('Total time'), seconds(runs[0]?.askedAt, last?.endedAt)],
    [l10n.t('Continued'), continuedText(runs.length - 1)],
    [l10n.t('Annotations'), annotations && shorten(JSON.stringify(annotations))],
    [l10n.t('Answer ID'), distinct(receipts.map(({ id }) => id))],
    [l10n.t('Request ID'), distinct([...receipts.flatMap(({ requestIds }) => requestIds), failedId(answer)])],
    [l10n.t('System fingerprint'), distinct(receipts.map(({ fingerprint }) => fingerprint))],
    [l10n.t('HTTP status'), distinct(receipts.map(({ status }) => status?.toString()))],
  ];
  return rows.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

/** All counts as they were reported, because the service scales them for billing. */
function tokenRows(
  receipts: readonly RequestUsage[],
  reasoning: string,
): readonly (readonly [string, string])[] {
  const usages = receipts.flatMap(({ usage }) => usage ?? []);
  const reasoningCounts = usages.map(({ reasoningTokens }) => reasoningTokens);
  const known = [
    [l10n.t('Prompt tokens'), usages.map(({ promptTokens }) => promptTokens)],
    [l10n.t('Cached prompt tokens'), usages.map(({ cachedTokens }) => cachedTokens)],
    [l10n.t('Prompt tokens written to the cache'), usages.map(({ cacheWriteTokens }) => cacheWriteTokens)],
    [l10n.t('Completion tokens'), usages.map(({ completionTokens }) => completionTokens)],
    [l10n.t('Reasoning tokens'), reasoningCounts],
    [l10n.t('Total tokens'), usages.map(({ totalTokens }) => totalTokens)],
  ] as const;
  const others = usages.flatMap((usage) => usage.others ?? []);
  const names = [...new Set(others.map(({ name }) => name))];
  const rows = [
    ...known,
    ...names.map(
      (path) =>
        [displayName(path), others.filter(({ name }) => name === path).map(({ tokens }) => tokens)] as const,
    ),
  ];
  return rows.flatMap(([label, counts]) => {
    const total = sum(counts);
    // Some services send the reasoning, but do not count it separately, or report 0.
    if (counts === reasoningCounts && reasoning !== '' && !total)
      return [[label, l10n.t('about {0}', formatCount(estimatedTokens(reasoning)))] as const];
    return total === undefined ? [] : [[label, formatCount(total)] as const];
  });
}

/** Characters of a token, on average. */
const CHARACTERS_PER_TOKEN = 4;

/** Rounded to two digits, so that it does not look like a count. */
function estimatedTokens(text: string): number {
  return Number((text.length / CHARACTERS_PER_TOKEN).toPrecision(2));
}

function limitText({ terms: { limit, lowered }, receipts }: Run): string {
  const tokens = formatCount(limit);
  if (receipts.some(({ ignoredLimit }) => ignoredLimit !== undefined))
    return l10n.t('{0} (ignored by the service)', tokens);
  return lowered ? l10n.t('{0} (lowered from {1})', tokens, formatCount(lowered.from)) : tokens;
}

function hasUnknownPrice({ runs }: Answer): boolean {
  return runs.some(hasUnknownCost);
}

function unknownPriceText(answer: Answer): string | undefined {
  return hasUnknownPrice(answer) ? l10n.t('not known') : undefined;
}

/** The prices that the cost of an answer is computed from. */
function ratesText(price: Price | undefined): string | undefined {
  if (!price) return undefined;
  const { input, cachedInput, cacheWrite, output } = price;
  return [
    l10n.t('{0} prompt', formatUsd(input)),
    ...(cachedInput === undefined ? [] : [l10n.t('{0} cached prompt', formatUsd(cachedInput))]),
    ...(cacheWrite === undefined ? [] : [l10n.t('{0} written to the cache', formatUsd(cacheWrite))]),
    l10n.t('{0} completion', formatUsd(output)),
  ].join(' · ');
}

function priceText({ usd, basis }: Cost): string {
  switch (basis) {
    case 'billed':
      return formatUsd(usd);
    case 'computed':
      return l10n.t('about {0}', formatUsd(usd));
    case 'greatest':
      return l10n.t('at most {0}', formatUsd(usd));
  }
}

function basisText({ basis }: Cost): string {
  switch (basis) {
    case 'billed':
      return l10n.t('as billed by the service');
    case 'computed':
      return l10n.t('estimated from tokens');
    case 'greatest':
      return l10n.t('the service did not report token counts');
  }
}

/** A value that was sent and, if it differs, the wanted one, which the model does not accept. */
function sentValueText(sent: string | undefined, wanted: string | undefined): string | undefined {
  if (wanted === undefined || wanted === sent) return sent;
  return sent === undefined
    ? l10n.t('model default ({0} is not accepted)', wanted)
    : l10n.t('{0} ({1} is not accepted)', sent, wanted);
}

/** The effort in the summary, so that the user notices without opening the details that another one was sent. */
function effortSummary({ runs }: Answer): string {
  const last = runs.at(-1);
  const text = last && sentValueText(last.reasoningEffort, last.terms.reasoningEffort);
  return text === undefined ? '' : l10n.t('reasoning effort: {0}', text);
}

function omittedText({ runs }: Answer): string {
  const omitted = runs.at(-1)?.terms.omitted;
  if (!omitted) return '';
  const { turns, context } = omitted;
  return [
    ...(turns === 1 ? [l10n.t('without the oldest question')] : []),
    ...(turns > 1 ? [l10n.t('without the {0} oldest questions', turns)] : []),
    ...(context ? [l10n.t('without the attached code')] : []),
  ].join(', ');
}

function continuedText(times: number): string | undefined {
  if (times === 1) return l10n.t('once');
  return times > 1 ? l10n.t('{0} times', times) : undefined;
}

function seconds(from: number | undefined, to: number | undefined): string | undefined {
  if (from === undefined || to === undefined || to < from) return undefined;
  return l10n.t('{0} s', formatTenths((to - from) / 1000));
}

function sum(counts: readonly (number | undefined)[]): number | undefined {
  const known = counts.filter((count) => count !== undefined);
  return known.length === 0 ? undefined : known.reduce((total, count) => total + count, 0);
}

function distinct(values: readonly (string | undefined)[]): string | undefined {
  const known = new Set(values.filter((value) => value !== undefined && value !== ''));
  return known.size === 0 ? undefined : [...known].join(', ');
}

/** The id that the support of a service asks for first. */
function failedId({ status }: Answer): string | undefined {
  return 'error' in status && 'requestId' in status.error ? status.error.requestId : undefined;
}

/** "completion_tokens_details.audio_tokens" is "audio tokens" to a person. */
function displayName(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1).replaceAll('_', ' ');
}

/** Shortened for display; the chat file contains the whole value. */
function shorten(text: string): string {
  return text.length > 2000 ? `${text.slice(0, 2000)}…` : text;
}
