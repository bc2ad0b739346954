import * as vscode from 'vscode';
import type { Endpoint, ModelNotFound } from '../../core/api';
import { findModel } from '../../core/catalogue';
import { lastAnswer } from '../../core/chat/conversation';
import type { Session } from '../../core/chat/session';
import type { Sessions } from '../../core/chat/sessions';
import { mayBeAsked, readEndpoint } from './service-endpoint';
import { readSettings } from '../settings';
import type { KeyStore } from '../storage/keys';
import type { ModelBook } from './model-metadata';

/** Which model is asked, also once the one that was asked is gone. */
export interface ModelChoice {
  /** Lets the user choose; a question that failed for want of its model is then asked again. */
  select(): Promise<void>;
  /** Takes the model that the service names in place of the one that the last question failed for. */
  useReplacement(): Promise<void>;
  /** Looks for that model, and offers it with the error. */
  findReplacement(): Promise<void>;
}

export interface ModelChoiceServices {
  readonly sessions: Sessions;
  readonly models: ModelBook;
  readonly keys: KeyStore;
  readonly askAgain: () => Promise<void>;
}

export function createModelChoice({ sessions, models, keys, askAgain }: ModelChoiceServices): ModelChoice {
  async function use(model: string): Promise<void> {
    const session = sessions.shown;
    const missing = missingModel(session)?.model;
    const settings = vscode.workspace.getConfiguration('o1mini');
    await settings.update('model', model, vscode.ConfigurationTarget.Global);
    if (missing === undefined || missing === model) return;
    // Another chat may be shown by now. The error is another object once its replacement has been found.
    if (sessions.shown === session && missingModel(session)?.model === missing) await askAgain();
  }

  async function service(): Promise<{ readonly endpoint: Endpoint; readonly apiKey?: string } | undefined> {
    const { settings } = readSettings();
    const endpoint = readEndpoint(settings);
    if (typeof endpoint === 'string' || !mayBeAsked(endpoint, settings)) return undefined;
    const apiKey = await keys.get(endpoint.origin);
    return { endpoint, ...(apiKey !== undefined && { apiKey }) };
  }

  return {
    async select() {
      const at = await service();
      const reading = at
        ? models.read(at.endpoint, at.apiKey)
        : Promise.resolve({ models: [], source: 'none' } as const);
      const { pickModel } = await import('../features');
      const chosen = await pickModel(reading, readSettings().settings.model);
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

/** Why the last answer failed, if that was for want of its model. */
function missingModel({ conversation }: Session): ModelNotFound | undefined {
  const status = lastAnswer(conversation)?.status;
  return status?.kind === 'failed' && status.error.kind === 'model-not-found' ? status.error : undefined;
}
