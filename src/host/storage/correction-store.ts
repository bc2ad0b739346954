import type { LogOutputChannel, Memento } from 'vscode';
import type { CorrectionStore } from '../../core/api';
import { systemClock } from '../clock';

const KEY = 'corrections';

/** Keeps over restarts what services refuse, for all windows. */
export function createCorrectionStore(state: Memento, log: LogOutputChannel): CorrectionStore {
  return {
    now: () => systemClock.now(),
    read: () => state.get(KEY),
    write(learned) {
      state
        .update(KEY, learned)
        .then(undefined, (error: unknown) => log.warn(`Corrections were not saved: ${String(error)}`));
    },
  };
}
