import * as vscode from 'vscode';
import type { Endpoint, ModelNotFound } from '../../core/api';
import type { ModelListResult } from '../../core/models/model-list';
import type { ModelInfo } from '../../core/models/model-parser';
import { findModel } from '../../core/models/retirement';
import { lastAnswer } from '../../core/chat/conversation';
import type { Session } from '../../core/chat/session';
import type { Sessions } from '../../core/chat/sessions';
import { formatMessage, escapeValue } from '../../core/text/untrusted-text';
import { formatCount, formatDay, formatUsd } from '../number-format';
import { readSettings } from '../settings';
import type { KeyStore } from '../storage/keys';
import type { ModelMetadataService } from './model-metadata';
import { mayReceiveRequests, readEndpoint } from './service-endpoint';

/** Selects the model that requests are sent to. */
export interface ModelPicker {
  /** Lets the user choose. Where the last question failed because its model was not found, it is sent again. */
  select(): Promise<void>;
  /** Selects the replacement that the service names for the model that was not found, and sends the question again. */
  useReplacement(): Promise<void>;
  /** Looks in the list of the service for a replacement, which is then offered with the error. */
  findReplacement(): Promise<void>;
}

export interface ModelPickerServices {
  readonly sessions: Sessions;
  readonly models: ModelMetadataService;
  readonly keys: KeyStore;
  readonly regenerate: () => Promise<void>;
}

export function createModelPicker({ sessions, models, keys, regenerate }: ModelPickerServices): ModelPicker {
  async function use(model: string): Promise<void> {
    const session = sessions.shown;
    const missing = missingModel(session)?.model;
    const settings = vscode.workspace.getConfiguration('o1mini');
    await settings.update('model', model, vscode.ConfigurationTarget.Global);
    if (missing === undefined || missing === model) return;
    // Another chat may be shown by now. The error is another object once its replacement has been found.
    if (sessions.shown === session && missingModel(session)?.model === missing) await regenerate();
  }

  async function service(): Promise<{ readonly endpoint: Endpoint; readonly apiKey?: string } | undefined> {
    const { settings } = readSettings();
    const endpoint = readEndpoint(settings);
    if (typeof endpoint === 'string' || !mayReceiveRequests(endpoint, settings)) return undefined;
    const apiKey = await keys.get(endpoint.origin);
    return { endpoint, ...(apiKey !== undefined && { apiKey }) };
  }

  return {
    async select() {
      const at = await service();
      const reading = at
        ? models.read(at.endpoint, at.apiKey)
        : Promise.resolve({ models: [], source: 'none' } as const);
      const chosen = await showModelPicker(reading, readSettings().settings.model);
      if (chosen !== undefined) await use(chosen);
    },
    async useReplacement() {
      const model = missingModel(sessions.shown)?.replacedBy;
      if (model !== undefined) await use(model);
    },
    async findReplacement() {
      const missing = missingModel(sessions.shown);
      const at = missing && (await service());
      if (!at || missing.replacedBy !== undefined) return;
      const reading = await models.read(at.endpoint, at.apiKey);
      const model = findModel(reading.models, missing.model)?.retirement?.replacedBy;
      if (model === undefined || missingModel(sessions.shown) !== missing) return;
      sessions.shown.change({ type: 'replacementFound', model });
    },
  };
}

/** The error of the last answer, where its model was not found. */
function missingModel({ conversation }: Session): ModelNotFound | undefined {
  const status = lastAnswer(conversation)?.status;
  return status?.kind === 'failed' && status.error.kind === 'model-not-found' ? status.error : undefined;
}

interface ModelItem extends vscode.QuickPickItem {
  readonly model: string;
}

/**
 * Lets the user choose a model from the list of the service, or type the name of one that is not on it.
 *
 * @param reading the list, which may take seconds to arrive
 * @returns its name; undefined when the user closes the list. Rejects where the list cannot be read
 */
function showModelPicker(reading: Promise<ModelListResult>, current: string): Promise<string | undefined> {
  const picker = vscode.window.createQuickPick<ModelItem>();
  picker.title = vscode.l10n.t('Model');
  picker.placeholder = placeholders().fresh;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.ignoreFocusOut = true;
  picker.busy = true;
  let items: readonly ModelItem[] = [];

  const refresh = (): void => {
    const typed = picker.value.trim();
    const named = items.some(({ model }) => model === typed);
    picker.items = typed === '' || named ? items : [...items, typedItem(typed)];
  };
  return new Promise((resolve, reject) => {
    reading
      .then(({ models, source }) => {
        picker.busy = false;
        items = itemsOf(models, current);
        picker.placeholder = placeholders()[source];
        refresh();
      })
      .catch((error: unknown) => {
        reject(error instanceof Error ? error : new Error(String(error)));
        picker.hide();
      });
    picker.onDidChangeValue(refresh);
    picker.onDidAccept(() => {
      const [chosen] = picker.activeItems;
      resolve(chosen?.model ?? (picker.value.trim() || undefined));
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    refresh();
    picker.show();
  });
}

function placeholders(): Readonly<Record<ModelListResult['source'], string>> {
  return {
    fresh: vscode.l10n.t('Choose a model, or type the name of another'),
    cached: vscode.l10n.t('The service is not available. Select from the last known models or enter a name'),
    none: vscode.l10n.t('This service does not list its models. Enter the name of a model'),
  };
}

/** The current model first, then those of the service in its order; retired models that are not in use are left out. */
function itemsOf(models: readonly ModelInfo[], current: string): readonly ModelItem[] {
  const mine = findModel(models, current);
  const others = models.filter((model) => model !== mine && !model.unlisted);
  const first: ModelItem = mine
    ? { ...itemOf(mine), label: `$(check) ${escapeValue(current)}`, model: current }
    : {
        label: `$(check) ${escapeValue(current)}`,
        model: current,
        description: vscode.l10n.t('not listed by the service'),
      };
  return [first, ...others.map(itemOf)];
}

function itemOf({ id, context, maxOutput, price, retirement }: ModelInfo): ModelItem {
  const facts = [
    context && vscode.l10n.t('{0} context tokens', formatCount(context)),
    maxOutput && vscode.l10n.t('{0} output tokens', formatCount(maxOutput)),
    price && vscode.l10n.t('{0} in, {1} out per million', formatUsd(price.input), formatUsd(price.output)),
  ].filter((fact) => fact !== undefined && fact !== 0);
  return {
    label: escapeValue(id),
    model: id,
    description: facts.join(' · '),
    ...(retirement && { detail: `$(warning) ${retirementText(retirement)}` }),
  };
}

function retirementText({ status, shutdownAt, replacedBy }: NonNullable<ModelInfo['retirement']>): string {
  const names = {
    deprecated: vscode.l10n.t('deprecated'),
    superseded: vscode.l10n.t('superseded'),
    withdrawn: vscode.l10n.t('withdrawn'),
  };
  return [
    names[status],
    shutdownAt === undefined ? '' : vscode.l10n.t('shut down on {0}', formatDay(shutdownAt)),
    replacedBy === undefined ? '' : formatMessage(vscode.l10n.t('replaced by {0}'), [replacedBy]),
  ]
    .filter((part) => part !== '')
    .join(', ');
}

function typedItem(model: string): ModelItem {
  return {
    label: `$(edit) ${escapeValue(model)}`,
    model,
    description: vscode.l10n.t('use this name'),
    alwaysShow: true,
  };
}
