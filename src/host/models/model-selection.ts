import * as vscode from 'vscode';
import type { ModelNotFound } from '../../core/api';
import { findReplacement } from '../../core/models/model-replacement';
import { findModel } from '../../core/models/retirement';
import { missingModel } from '../../core/chat/conversation';
import type { Sessions } from '../../core/chat/sessions';
import { systemClock } from '../clock';
import { readSettings } from '../settings';
import type { ApiKeyStore } from '../storage/api-key-store';
import type { ModelMetadataService } from './model-metadata';
import { accessServiceSilently } from './service-access';

/** Selects the model that requests are sent to. */
export interface ModelSelection {
  /** Lets the user choose. Where the last question failed because its model was not found, it is sent again. */
  select(): Promise<void>;
  /** Selects the replacement that the service names for the model that was not found, and sends the question again. */
  useReplacement(): Promise<void>;
  /** Shows what is known about the model in the settings. */
  showDetails(): Promise<void>;
  /** Forgets what was learned about models from errors. */
  forgetLearned(): Promise<void>;
  /** Looks in the list of the service for a replacement, which is then offered with the error. */
  findReplacement(): Promise<void>;
}

export interface ModelSelectionServices {
  readonly sessions: Sessions;
  readonly models: ModelMetadataService;
  readonly keys: ApiKeyStore;
  readonly regenerate: () => Promise<void>;
}

/** Longest wait for the list of the service before the details of a model are shown, in ms. */
const MAX_LIST_WAIT_MS = 3000;

export function createModelSelection({
  sessions,
  models,
  keys,
  regenerate,
}: ModelSelectionServices): ModelSelection {
  async function selectAndRetry(model: string): Promise<void> {
    const session = sessions.shown;
    const missing = missingModel(session.conversation)?.model;
    const settings = vscode.workspace.getConfiguration('o1mini');
    await settings.update('model', model, vscode.ConfigurationTarget.Global);
    if (missing === undefined || missing === model) return;
    // Another chat may be shown by now. The error is another object once its replacement has been found.
    if (sessions.shown === session && missingModel(session.conversation)?.model === missing)
      await regenerate();
  }

  async function forgetLearned(): Promise<void> {
    models.forget();
    (await import('./model-details')).reportClearedModelDetails();
  }

  async function select(): Promise<void> {
    const at = await accessServiceSilently(readSettings().settings, keys);
    const result = at
      ? models.requestModelList(at.endpoint, at.apiKey)
      : Promise.resolve({ models: [], source: 'none' } as const);
    const { showModelPicker } = await import('./model-picker');
    const chosen = await showModelPicker(result, readSettings().settings.model);
    if (chosen !== undefined) await selectAndRetry(chosen);
  }

  return {
    select,
    forgetLearned,
    async showDetails() {
      const { settings } = readSettings();
      const at = await accessServiceSilently(settings, keys);
      if (at) await models.modelListWithin(settings, at.endpoint, at.apiKey, MAX_LIST_WAIT_MS);
      const { showModelDetails } = await import('./model-details');
      showModelDetails({
        model: settings.model,
        host: at ? new URL(at.endpoint.origin).host : settings.baseUrl,
        metadata: at ? models.getSourcedMetadata(settings, at.endpoint) : { corrections: [] },
        now: systemClock.now(),
        selectModel: () => vscode.commands.executeCommand('o1mini.selectModel'),
        forget: () => vscode.commands.executeCommand('o1mini.forgetModelDetails'),
      });
    },
    async useReplacement() {
      const model = missingModel(sessions.shown.conversation)?.replacedBy;
      if (model !== undefined) await selectAndRetry(model);
    },
    async findReplacement() {
      const session = sessions.shown;
      const missing = missingModel(session.conversation);
      const at = missing && (await accessServiceSilently(readSettings().settings, keys));
      if (!at || missing.replacedBy !== undefined || isMissingDeployment(missing)) return;
      const result = await models.requestModelList(at.endpoint, at.apiKey);
      const found = findReplacement(missing.model, result.models, systemClock.now());
      // The error may be another object by now: a chat that was saved is read again when another window has changed it.
      const current = missingModel(session.conversation);
      if (!found || current?.model !== missing.model || current.replacedBy !== undefined) return;
      const { model, reason } = found;
      const { price, context } = findModel(result.models, model) ?? {};
      const replacement = {
        reason,
        ...(price && { price: { input: price.input, output: price.output } }),
        ...(context !== undefined && { context }),
      };
      session.change({ type: 'replacementFound', model, replacement });
    },
  };
}

/** On Azure, the model is the name of a deployment of the user. The list contains models, which cannot replace a deployment. */
function isMissingDeployment({ message }: ModelNotFound): boolean {
  return /\bdeployment\b/i.test(message);
}
