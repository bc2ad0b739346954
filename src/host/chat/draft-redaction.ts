import type { Draft } from '../storage/drafts/draft';

/** A draft that can be replaced by that of a closed window. */
export interface RedactedDraft extends Draft {
  /** Reads the draft from the disk again. */
  reopen(): void;
}

/**
 * A draft that is written to disk without the secrets that the user has chosen placeholders for. In memory it stays as
 * it was typed.
 *
 * @param hide replaces secrets by placeholders
 */
export function createRedactedDraft(draft: Draft, hide: (text: string) => string): RedactedDraft {
  let state = draft.state;
  return {
    get state() {
      return state;
    },
    update(change) {
      state = { ...state, ...change };
      draft.update(mapTexts(change, hide));
    },
    flush: () => draft.flush(),
    reopen: () => void (state = draft.state),
  };
}

/** The same value with each text in it changed. */
function mapTexts<T>(value: T, change: (text: string) => string): T {
  return mapped(value, change) as T;
}

function mapped(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((entry) => mapped(entry, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, mapped(entry, change)]));
}
