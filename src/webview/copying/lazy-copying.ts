import { reportError } from '../ui/error-reporting';
import { whenIdle } from '../rendering/scheduler';
import type * as copyingModule from './clipboard';

type Copying = typeof copyingModule;

let loaded: Copying | undefined;

/** Loads the code for copying and quoting when the browser is idle, because the first paint does not need it. */
export function preloadCopying(onLoaded: (copying: Copying) => void): void {
  whenIdle(() => withCopying(onLoaded));
}

/** Calls back with the code for copying: at once if it is loaded, as the browser requires for access to the clipboard. */
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
