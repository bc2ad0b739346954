import * as vscode from 'vscode';
import type { Endpoint } from '../../core/api';
import { findModel } from '../../core/models/retirement';
import { missingModel } from '../../core/chat/conversation';
import type { Sessions } from '../../core/chat/sessions';
import { readSettings } from '../settings';
import type { ApiKeyStore } from '../storage/api-key-store';
import type { ModelMetadataService } from './model-metadata';
import { mayReceiveRequests, readEndpoint } from './service-endpoint';

/** Selects the model that requests are sent to. */
export interface ModelSelection {
  /** Lets the user choose. Where the last question failed because its model was not found, it is sent again. */
  select(): Promise<void>;
  /** Selects the replacement that the service names for the model that was not found, and sends the question again. */
  useReplacement(): Promise<void>;
  /** Looks in the list of the service for a replacement, which is then offered with the error. */
  findReplacement(): Promise<void>;
}

export interface ModelSelectionServices {
  readonly sessions: Sessions;
  readonly models: ModelMetadataService;
  readonly keys: ApiKeyStore;
  readonly regenerate: () => Promise<void>;
}

export function createModelSelection({
  sessions,
  models,
  keys,
  regenerate,
}: ModelSelectionServices): ModelSelection {
  async function use(model: string): Promise<void> {
    const session = sessions.shown;
    const missing = missingModel(session.conversation)?.model;
    const settings = vscode.workspace.getConfiguration('o1mini');
    await settings.update('model', model, vscode.ConfigurationTarget.Global);
    if (missing === undefined || missing === model) return;
    // Another chat may be shown by now. The error is another object once its replacement has been found.
    if (sessions.shown === session && missingModel(session.conversation)?.model === missing)
      await regenerate();
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
      const { showModelPicker } = await import('./model-picker');
      const chosen = await showModelPicker(reading, readSettings().settings.model);
      if (chosen !== undefined) await use(chosen);
    },
    async useReplacement() {
      const model = missingModel(sessions.shown.conversation)?.replacedBy;
      if (model !== undefined) await use(model);
    },
    async findReplacement() {
      const missing = missingModel(sessions.shown.conversation);
      const at = missing && (await service());
      if (!at || missing.replacedBy !== undefined) return;
      const reading = await models.read(at.endpoint, at.apiKey);
      const model = findModel(reading.models, missing.model)?.retirement?.replacedBy;
      if (model === undefined || missingModel(sessions.shown.conversation) !== missing) return;
      sessions.shown.change({ type: 'replacementFound', model });
    },
  };
}
