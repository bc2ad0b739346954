import type { LogOutputChannel } from 'vscode';
import type { FileFolder } from '../../../core/file-folder';
import type { Clock } from '../../../core/clock';
import type { ChatStore } from './chat-store';

/** Time for which a deleted chat can be restored, in ms. */
const RETENTION_MS = 30 * 86_400_000;
/** Time for which the clock must run evenly, in ms, before it is trusted: a wrong date must not delete a chat. */
const OBSERVATION_MS = 3_600_000;
const MAX_DEVIATION_MS = 60_000;

export interface PurgeServices {
  readonly chats: Pick<ChatStore, 'index' | 'deletePermanently'>;
  readonly chatFolder: FileFolder;
  readonly clock: Clock;
  readonly log: LogOutputChannel;
}

/**
 * Removes chats that were deleted long ago, once the date can be trusted, and unfinished files of windows that crashed.
 *
 * @returns cancels the removal if it has not started
 */
export function purgeDeleted({ chats, chatFolder, clock, log }: PurgeServices): () => void {
  void chatFolder
    .removeLeftovers()
    .catch((error: unknown) => log.warn(`Unfinished files were not removed: ${String(error)}`));
  const began = { wall: clock.now(), monotonic: performance.now() };
  return clock.after(OBSERVATION_MS, () => {
    const now = clock.now();
    const deviation = now - began.wall - (performance.now() - began.monotonic);
    if (Math.abs(deviation) > MAX_DEVIATION_MS) return;
    void purge(chats, now).catch((error: unknown) =>
      log.warn(`Deleted chats were not removed: ${String(error)}`),
    );
  });
}

/** @param now in ms since 1970 */
export async function purge(
  chats: Pick<ChatStore, 'index' | 'deletePermanently'>,
  now: number,
): Promise<void> {
  await chats.index.verify();
  for (const { id, deletedAt } of await chats.index.known())
    if (deletedAt !== undefined && now - deletedAt > RETENTION_MS) await chats.deletePermanently(id);
}
