import type { StoredListEntry } from '../../../core/chat/stored-chat';
import type { FileStat } from '../../../core/file-folder';

/** The first versions, and some exports of other programs, did not store when a question was asked. */
export function dated(summary: StoredListEntry, { mtime }: FileStat): StoredListEntry {
  return summary.date > 0 ? summary : { ...summary, date: mtime };
}
