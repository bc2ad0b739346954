import type { DraftState } from './window-record';

/** The draft of this window. It is kept while the webviews are hidden, and across restarts. */
export interface Draft {
  readonly state: DraftState;
  readonly update: (change: Partial<DraftState>) => void;
  /** Resolves after an attempt to write it. */
  readonly flush: () => Promise<void>;
}

/** A draft of a window that was closed and has not been restored. */
export interface OrphanedDraft {
  readonly id: string;
  readonly state: DraftState;
  /** In ms since 1970. */
  readonly savedAt: number;
}
