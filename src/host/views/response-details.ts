import { l10n } from 'vscode';
import { shownChoice, type Answer, type RequestUsage } from '../../core/chat/answer';
import { costOfAnswer, type Cost } from '../../core/chat/cost';
import type { DetailView, ResponseDetailsView } from '../../protocol/messages';
import { formatCount, formatTenths, formatUsd } from '../number-format';

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
    { tokens: count('promptTokens'), of: l10n.t('prompt') },
    { tokens: count('completionTokens'), of: l10n.t('completion') },
    { tokens: count('reasoningTokens'), of: l10n.t('reasoning') },
  ].flatMap(({ tokens, of }) => (tokens === undefined ? [] : [`${formatCount(tokens)} ${of}`]));
  const cost = costOfAnswer(answer);
  const seed = answer.runs.at(-1)?.seed ?? null;
  return [
    receipts.at(-1)?.model ?? '',
    counts.length > 0 ? l10n.t('{0} tokens', counts.join(' · ')) : '',
    cost ? priceText(cost) : '',
    seed === null ? '' : l10n.t('seed {0}', seed),
    omittedText(answer),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function rowsOf(answer: Answer, receipts: readonly RequestUsage[]): readonly DetailView[] {
  const { runs } = answer;
  const last = runs.at(-1);
  const { finishReason, annotations } = shownChoice(answer);
  const cost = costOfAnswer(answer);
  const rows: readonly (readonly [string, string | undefined])[] = [
    [l10n.t('Requested model'), last && `${last.terms.model}, ${last.terms.origin}`],
    [l10n.t('Model'), distinct(receipts.map(({ model }) => model))],
    [l10n.t('Finish reason'), finishReason],
    ...tokenRows(receipts),
    [l10n.t('Token limit'), last && formatCount(last.terms.limit)],
    [l10n.t('Price'), cost && `${priceText(cost)} (${basisText(cost)})`],
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

/** All that was counted, as it was reported: the service scales it for billing. */
function tokenRows(receipts: readonly RequestUsage[]): readonly (readonly [string, string])[] {
  const usages = receipts.flatMap(({ usage }) => usage ?? []);
  const known = [
    [l10n.t('Prompt tokens'), usages.map(({ promptTokens }) => promptTokens)],
    [l10n.t('Cached prompt tokens'), usages.map(({ cachedTokens }) => cachedTokens)],
    [l10n.t('Prompt tokens written to the cache'), usages.map(({ cacheWriteTokens }) => cacheWriteTokens)],
    [l10n.t('Completion tokens'), usages.map(({ completionTokens }) => completionTokens)],
    [l10n.t('Reasoning tokens'), usages.map(({ reasoningTokens }) => reasoningTokens)],
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
    return total === undefined ? [] : [[label, formatCount(total)] as const];
  });
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

/** A row is read by a person; all of it is in the chat's file. */
function shorten(text: string): string {
  return text.length > 2000 ? `${text.slice(0, 2000)}…` : text;
}
