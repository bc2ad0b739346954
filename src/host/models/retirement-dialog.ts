import * as vscode from 'vscode';
import type { Endpoint } from '../../core/api';
import type { ModelListResult } from '../../core/models/model-list';
import type { ListedModel } from '../../core/models/model-parser';
import { findReplacement, type ModelReplacement } from '../../core/models/model-replacement';
import { sanitizeLine } from '../../core/text/untrusted-text';
import { showDialog, showInformation } from '../notifications';
import { formatDay } from '../number-format';
import type { Settings } from '../settings';
import { limitsAndPriceLabel, replacementReason } from './model-labels';
import type { ModelMetadataService } from './model-metadata';
import { showModelPicker } from './model-picker';

export type ReplacementDecision =
  /** The setting `o1mini.model` was changed to this model. */
  | { readonly kind: 'replace'; readonly model: string }
  | { readonly kind: 'keep'; readonly model: string }
  | { readonly kind: 'cancel' };

interface RetiredModel {
  readonly settings: Settings;
  readonly endpoint: Endpoint;
  readonly list: ModelListResult;
  readonly models: Pick<ModelMetadataService, 'getSourcedMetadata'>;
  /** In ms since 1970. */
  readonly now: number;
}

/** Tells the user that the model of a question has been retired, and asks for another one. */
export async function askForReplacement(retired: RetiredModel): Promise<ReplacementDecision> {
  const { settings, endpoint, list, now } = retired;
  const { model } = settings;
  const replacement = findReplacement(model, list.models, now);
  const use = replacement && vscode.l10n.t('Use {0}', sanitizeLine(replacement.model));
  const select = vscode.l10n.t('Select Model');
  const keep = vscode.l10n.t('Send Anyway');
  const chosen = await showDialog({
    severity: 'warning',
    text: use
      ? vscode.l10n.t('{0} has been retired by {1}. Do you want to send the question to {2}?')
      : vscode.l10n.t('{0} has been retired by {1}.'),
    values: [model, new URL(endpoint.origin).host, replacement?.model ?? ''],
    detail: replacement ? describe(replacement, retired) : vscode.l10n.t('Nothing has been sent yet.'),
    buttons: [...(use === undefined ? [] : [use]), select, keep],
  });
  if (replacement && chosen === use) return setModel(replacement.model);
  if (chosen === keep) return { kind: 'keep', model };
  if (chosen !== select) return { kind: 'cancel' };
  const other = await showModelPicker(Promise.resolve(list), model);
  return other === undefined ? { kind: 'cancel' } : setModel(other);
}

async function setModel(model: string): Promise<ReplacementDecision> {
  const configuration = vscode.workspace.getConfiguration('o1mini');
  await configuration.update('model', model, vscode.ConfigurationTarget.Global);
  return { kind: 'replace', model };
}

function describe({ model, reason }: ModelReplacement, { settings, endpoint, models }: RetiredModel): string {
  const { price, context, maxOutput } = models.getSourcedMetadata({ ...settings, model }, endpoint);
  const limitsAndPrice = limitsAndPriceLabel({
    ...(price && { price: price.value }),
    ...(context && { context: context.value }),
    ...(maxOutput && { maxOutput: maxOutput.value }),
  });
  return [
    replacementReason(model, reason),
    limitsAndPrice === '' ? '' : `${model}: ${limitsAndPrice}`,
    price ? '' : vscode.l10n.t('The price of the new model is not known.'),
    vscode.l10n.t(
      'Nothing has been sent yet. The question and its reasoning effort are kept, and o1mini.model is changed.',
    ),
  ]
    .filter((line) => line !== '')
    .join('\n\n');
}

/** Tells the user that a model will be shut down soon, without keeping the question waiting. */
export async function showRetirementNotice(retirement: {
  readonly model: string;
  readonly origin: string;
  readonly shutdownAt: string;
  readonly models: readonly ListedModel[];
  readonly now: number;
}): Promise<void> {
  const { model, origin, shutdownAt, models, now } = retirement;
  const replacement = findReplacement(model, models, now);
  const use = replacement && vscode.l10n.t('Use {0}', sanitizeLine(replacement.model));
  const text = vscode.l10n.t('{0} will be shut down by {1} on {2}.');
  const values = [model, new URL(origin).host, formatDay(shutdownAt)];
  const chosen = await showInformation(text, values, ...(use === undefined ? [] : [use]));
  if (replacement && chosen === use) await setModel(replacement.model);
}
