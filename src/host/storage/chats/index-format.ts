import type { ChatWorkspace, StoredListEntry } from '../../../core/chat/stored-chat';
import type { FileStat } from '../../../core/file-folder';

export interface IndexEntry {
  readonly summary: StoredListEntry;
  /** The state of the file that the summary is of; absent if it is not known, so that it is read again. */
  readonly stat?: FileStat;
}

/** An entry as it stands in the file: short, since there may be 10,000. The workspace is an index; -1 for none. */
type Row = readonly [
  id: string,
  title: string,
  pinned: 0 | 1,
  date: number,
  questions: number,
  workspace: number,
  deletedAt: number | null,
  size: number,
  mtime: number,
  inode: number,
];

const version = 2;

export function serializeIndex(entries: ReadonlyMap<string, IndexEntry>): string {
  const workspaces = new Map<string, number>();
  const indexOf = (workspace: ChatWorkspace | undefined): number => {
    if (!workspace) return -1;
    const json = JSON.stringify(workspace);
    const index = workspaces.get(json) ?? workspaces.size;
    workspaces.set(json, index);
    return index;
  };
  const rows: Row[] = [];
  for (const { summary, stat } of entries.values()) {
    if (!stat) continue;
    const { id, title, pinned, date, questions, workspace, deletedAt = null } = summary;
    const { size, mtime, inode = 0 } = stat;
    rows.push([
      id,
      title,
      pinned ? 1 : 0,
      date,
      questions,
      indexOf(workspace),
      deletedAt,
      size,
      mtime,
      inode,
    ]);
  }
  return JSON.stringify({
    version,
    workspaces: [...workspaces.keys()].map((json) => JSON.parse(json) as unknown),
    rows,
  });
}

/** Empty if the text is anything else: the index is then rebuilt from the files. */
export function parseIndex(text: string): Map<string, IndexEntry> {
  try {
    const json = JSON.parse(text) as { version?: unknown; workspaces?: unknown; rows?: unknown } | null;
    if (json?.version !== version || !Array.isArray(json.rows) || !Array.isArray(json.workspaces))
      return new Map();
    const workspaces = json.workspaces.map(workspaceOf);
    return new Map(json.rows.map((row: unknown) => entryOf(row, workspaces)).map((e) => [e.summary.id, e]));
  } catch {
    return new Map();
  }
}

function workspaceOf(json: unknown): ChatWorkspace {
  const { id, name, folders } = json as Partial<Record<keyof ChatWorkspace, unknown>>;
  if (typeof id !== 'string' || typeof name !== 'string' || !Array.isArray(folders))
    throw new Error('workspace');
  return { id, name, folders: folders.map(String) };
}

/** Checked by hand: a schema takes several times as long, and the list waits for it. */
function entryOf(row: unknown, workspaces: readonly ChatWorkspace[]): IndexEntry {
  if (!Array.isArray(row) || row.length !== 10) throw new Error('row');
  const [id, title, pinned, date, questions, workspaceIndex, deletedAt, size, mtime, inode] =
    row as unknown[];
  if (typeof id !== 'string' || typeof title !== 'string') throw new Error('row');
  const numbers = [date, questions, workspaceIndex, size, mtime, inode];
  if (!numbers.every((value) => typeof value === 'number')) throw new Error('row');
  const workspace = workspaces[workspaceIndex as number];
  return {
    summary: {
      id,
      title,
      pinned: pinned === 1,
      date: date as number,
      questions: questions as number,
      ...(workspace && { workspace }),
      ...(typeof deletedAt === 'number' && { deletedAt }),
    },
    stat: {
      size: size as number,
      mtime: mtime as number,
      ...(inode !== 0 && { inode: inode as number }),
    },
  };
}
