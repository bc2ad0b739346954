import type { ChatWorkspace } from '../../../core/chat/stored-chat';
import { isUnsent, type WindowRecord } from './window-record';

/** A window that is starting, as far as it can be compared with earlier ones. */
export interface StartingWindow {
  readonly workspace: ChatWorkspace | undefined;
  readonly session: string;
  /** The record that VS Code's own state of this window names; it may be stale. */
  readonly hint: string | undefined;
  /** In ms since 1970. */
  readonly now: number;
}

const uuid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/i;

/**
 * The session ID, or a new one if VS Code gives all windows the same text, as builds without telemetry (VSCodium,
 * code-server) do.
 */
export function sessionIdOrNew(sessionId: string, newId: () => string): string {
  return uuid.test(sessionId) ? sessionId : newId();
}

/**
 * Time after the end of a window within which its successor may have another workspace, in ms. A busy machine needs
 * more than a minute to load a window.
 */
const TRANSITION_MS = 5 * 60_000;

/**
 * Ranks a record by how certain it is that the starting window is its continuation, after it was reloaded or
 * restarted, or after a folder was added:
 * - 4: it has the same session ID.
 * - 3: it has the same workspace, and VS Code's own state of the window names it.
 * - 2: it has the same workspace.
 * - 1: it was saved a short time ago, its folders are all in the new workspace, and no record has that workspace yet.
 * - 0: the starting window cannot be its continuation.
 */
export function matchRank(
  id: string,
  record: WindowRecord,
  window: StartingWindow,
  isWorkspaceKnown: boolean,
): number {
  if (record.session === window.session) return 4;
  if (isSameWorkspace(record.workspace, window.workspace)) return id === window.hint ? 3 : 2;
  const isRecent = Math.abs(window.now - record.savedAt) < TRANSITION_MS;
  const isContained =
    record.workspace?.folders.every((folder) => window.workspace?.folders.includes(folder)) ?? true;
  return isRecent && isContained && !isWorkspaceKnown ? 1 : 0;
}

export function isSameWorkspace(a: ChatWorkspace | undefined, b: ChatWorkspace | undefined): boolean {
  return a?.id === b?.id;
}

interface Predecessor {
  readonly id: string;
  readonly record: WindowRecord;
  readonly matchRank: number;
}

/** The possible predecessors of a window, the one with the highest rank first. */
export function rankPredecessors(
  records: ReadonlyMap<string, WindowRecord>,
  window: StartingWindow,
): readonly Predecessor[] {
  const isKnown = [...records.values()].some(({ workspace }) => isSameWorkspace(workspace, window.workspace));
  return [...records]
    .map(([id, record]) => ({ id, record, matchRank: matchRank(id, record, window, isKnown) }))
    .filter((candidate) => candidate.matchRank > 0)
    .sort(
      (a, b) =>
        b.matchRank - a.matchRank ||
        Number(isUnsent(b.record)) - Number(isUnsent(a.record)) ||
        b.record.savedAt - a.record.savedAt,
    );
}
