import type { LogOutputChannel, Memento } from 'vscode';
import type { CorrectionStore } from '../../core/api';
import { systemClock } from '../clock';

const STATE_KEY = 'corrections';

/** Stores the learned corrections across restarts, for all windows. */
export function createCorrectionStore(state: Memento, log: LogOutputChannel): CorrectionStore {
  return {
    now: () => systemClock.now(),
    read: () => state.get(STATE_KEY),
    write(learned) {
      state
        .update(STATE_KEY, learned)
        .then(undefined, (error: unknown) => log.warn(`Corrections were not saved: ${String(error)}`));
    },
  };
}
