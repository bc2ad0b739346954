import { reportError } from '../ui/error-reporting';
import { whenIdle } from '../rendering/scheduler';
import type * as copyingModule from './clipboard';

type Copying = typeof copyingModule;

let loaded: Copying | undefined;

/** Loads the code for copying and quoting when idle: the first paint does not need it. */
export function loadCopying(then: (copying: Copying) => void): void {
  whenIdle(() => withCopying(then));
}

/** Does something with it: at once where it is loaded, as a copy of the clipboard has to be. */
export function withCopying(action: (copying: Copying) => void): void {
  if (loaded) return action(loaded);
  import('./clipboard').then(
    (copying) => {
      loaded = copying;
      action(copying);
    },
    (error: unknown) => reportError('Copying', error),
  );
}
