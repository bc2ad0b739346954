import * as vscode from 'vscode';
import type { Correction } from '../../core/api';
import type { Sourced, MetadataSource, SourcedMetadata } from '../../core/models/sourced-metadata';
import { sanitizeLine } from '../../core/text/untrusted-text';
import { showInformation } from '../notifications';
import { formatAge, formatCount } from '../number-format';
import { limitsAndPriceLabel, retirementText } from './model-labels';

interface DetailItem extends vscode.QuickPickItem {
  readonly action?: () => unknown;
}

export interface ModelDetailsOptions {
  readonly model: string;
  readonly host: string;
  readonly metadata: SourcedMetadata;
  /** In ms since 1970. */
  readonly now: number;
  readonly selectModel: () => unknown;
  readonly forget: () => unknown;
}

/** Shows the known properties of a model, each with its source and its age. */
export function showModelDetails(options: ModelDetailsOptions): void {
  const { model, host, selectModel } = options;
  const picker = vscode.window.createQuickPick<DetailItem>();
  picker.title = vscode.l10n.t('{0} at {1}', sanitizeLine(model), sanitizeLine(host));
  picker.placeholder = vscode.l10n.t('Known properties of this model');
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.items = [
    ...propertyItems(options),
    ...correctionItems(options),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    { label: `$(chip) ${vscode.l10n.t('Select Model…')}`, action: selectModel },
    {
      label: `$(trash) ${vscode.l10n.t('Clear Learned Model Details')}`,
      action: options.forget,
    },
  ];
  picker.onDidAccept(() => {
    const action = picker.activeItems[0]?.action;
    if (!action) return;
    picker.hide();
    action();
  });
  picker.onDidHide(() => picker.dispose());
  picker.show();
}

/** Tells the user what was forgotten. */
export function reportClearedModelDetails(): void {
  void showInformation(
    vscode.l10n.t(
      'The model details that were learned from errors have been cleared. The lists of models are requested again before the next question.',
    ),
  );
}

function propertyItems(options: ModelDetailsOptions): readonly DetailItem[] {
  const { price, context, maxOutput, reasoning, reasoningEffort, verbosity, vision, tools, retirement } =
    options.metadata;
  const tokens = (count: number): string => vscode.l10n.t('{0} tokens', formatCount(count));
  const row = <T>(label: string, property: Sourced<T> | undefined, text: (value: T) => string): DetailItem =>
    property
      ? { label, description: text(property.value), detail: sourceText(property.source, options) }
      : { label, description: vscode.l10n.t('not known') };
  return [
    row(vscode.l10n.t('Price'), price, (value) => limitsAndPriceLabel({ price: value })),
    row(vscode.l10n.t('Context window'), context, tokens),
    row(vscode.l10n.t('Longest answer'), maxOutput, tokens),
    row(vscode.l10n.t('Reasoning'), reasoning, yesOrNo),
    row(vscode.l10n.t('Reasoning effort'), reasoningEffort, valuesText),
    row(vscode.l10n.t('Verbosity'), verbosity, valuesText),
    row(vscode.l10n.t('Images'), vision, yesOrNo),
    row(vscode.l10n.t('Tools'), tools, yesOrNo),
    ...(retirement ? [row(vscode.l10n.t('Status'), retirement, retirementText)] : []),
  ];
}

function correctionItems(options: ModelDetailsOptions): readonly DetailItem[] {
  const { corrections } = options.metadata;
  return corrections.map((correction) => ({
    label: vscode.l10n.t('Requests'),
    description: correctionText(correction),
    detail: sourceText('rejection', options),
  }));
}

function yesOrNo(value: boolean): string {
  return value ? vscode.l10n.t('yes') : vscode.l10n.t('no');
}

function valuesText(values: readonly string[]): string {
  return values.length === 0 ? vscode.l10n.t('not available') : values.join(', ');
}

function sourceText(source: MetadataSource, { metadata, now }: ModelDetailsOptions): string {
  const age = (at: number | undefined): string => (at === undefined ? '' : formatAge(at, now));
  switch (source) {
    case 'built-in':
      return vscode.l10n.t('Published specifications of o1-mini');
    case 'list':
      return joined(vscode.l10n.t('From the model list of the service'), age(metadata.listedAt));
    case 'rejection':
      return joined(vscode.l10n.t('Learned from an error message from the service'), age(metadata.learnedAt));
    case 'setting':
      return vscode.l10n.t('From the settings');
  }
}

function joined(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(', ');
}

/** How requests to the model differ from the settings. */
function correctionText(correction: Correction): string {
  switch (correction) {
    case 'no-system-role':
      return vscode.l10n.t('The instructions are sent as part of the first question.');
    case 'max-tokens':
      return vscode.l10n.t('The token limit is sent as {0}.', 'max_tokens');
    case 'max-completion-tokens':
      return vscode.l10n.t('The token limit is sent as {0}.', 'max_completion_tokens');
    case 'no-stream':
      return vscode.l10n.t('Answers are not streamed.');
    case 'stream':
      return vscode.l10n.t('Answers are always streamed.');
    case 'single-answers':
      return vscode.l10n.t('Each alternative answer is requested separately.');
    case 'responses-api':
      return vscode.l10n.t('The Responses API is used.');
    case 'chat-api':
      return vscode.l10n.t('The Chat Completions API is used.');
    default:
      return vscode.l10n.t('{0} is not sent.', omittedParameter(correction));
  }
}

function omittedParameter(
  correction: Exclude<
    Correction,
    | 'no-system-role'
    | 'max-tokens'
    | 'max-completion-tokens'
    | 'no-stream'
    | 'stream'
    | 'single-answers'
    | 'responses-api'
    | 'chat-api'
  >,
): string {
  const names = {
    'no-stream-options': 'stream_options',
    'no-seed': 'seed',
    'no-name': 'name',
    'no-encrypted-reasoning': 'reasoning.encrypted_content',
    'no-reasoning-summary': 'reasoning.summary',
    'no-reasoning-effort': 'reasoning_effort',
    'no-verbosity': 'verbosity',
  } as const;
  return names[correction];
}
