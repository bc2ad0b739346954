import type { LogOutputChannel, Memento } from 'vscode';
import type { Endpoint } from '../../core/api';
import type { Clock } from '../../core/clock';
import { availabilityOf, findModel } from '../../core/models/retirement';
import { logTo } from '../error-reporting';
import type { Settings } from '../settings';
import type { ModelMetadataService } from './model-metadata';

/**
 * Checks whether the service still has the model of a question, before anything of the question is sent.
 *
 * @returns the model to use, which the user may have changed; undefined if the user cancels
 */
export type CheckModel = (
  settings: Settings,
  endpoint: Endpoint,
  apiKey: string | undefined,
) => Promise<string | undefined>;

export interface RetirementCheckServices {
  readonly models: ModelMetadataService;
  readonly clock: Clock;
  /** Remembers when the user was last told of the end of a model. */
  readonly memento: Memento;
  readonly log: LogOutputChannel;
}

/** Longest wait for the lists of the service, in ms. If they take longer, the question is sent without a check. */
const MAX_WAIT_MS = 3000;

/** Time after which the end of a model is mentioned again, in ms. */
const REMINDER_INTERVAL_MS = 7 * 24 * 3_600_000;

export function createRetirementCheck(services: RetirementCheckServices): CheckModel {
  const { models, clock, memento, log } = services;
  /** Models that the user wants to use although the service has retired them, with their addresses. */
  const keptModels = new Set<string>();

  return async (settings, endpoint, apiKey) => {
    const { model } = settings;
    const key = `${endpoint.origin} ${model}`;
    const list = await models.modelListWithin(settings, endpoint, apiKey, MAX_WAIT_MS);
    const retirement = findModel(list?.models ?? [], model)?.retirement;
    const availability = availabilityOf(retirement, clock.now());
    if (!list || availability.kind === 'available' || keptModels.has(key)) return model;
    const now = clock.now();
    const loadDialog = () => import('./retirement-dialog');
    if (availability.kind === 'retiring') {
      const reminder = `modelEnd:${key}`;
      if (Math.abs(now - memento.get<number>(reminder, -Infinity)) < REMINDER_INTERVAL_MS) return model;
      await memento.update(reminder, now);
      const { shutdownAt } = availability;
      const { showRetirementNotice } = await loadDialog();
      showRetirementNotice({ model, origin: endpoint.origin, shutdownAt, models: list.models, now }).catch(
        logTo(log, 'The end of a model'),
      );
      return model;
    }
    const { askForReplacement } = await loadDialog();
    const decision = await askForReplacement({ settings, endpoint, list, now, models });
    if (decision.kind === 'keep') keptModels.add(key);
    return decision.kind === 'cancel' ? undefined : decision.model;
  };
}
