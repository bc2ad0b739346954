/** Identifies one state of a file: when a file was replaced, at least one of these differs. */
export interface FileStat {
  /** In bytes. */
  readonly size: number;
  /** When it was last written, in ms since 1970; with a fraction where the file system has one. */
  readonly mtime: number;
  /** Differs after each replacement, on file systems that number their files. */
  readonly inode?: number;
}

/**
 * A folder of files, to which several windows write at the same time. It is created with its first file. All methods
 * reject with the error of the file system; `fileErrorKind` says what it means.
 */
export interface FileFolder {
  /** The path that is shown to the user. */
  readonly path: string;
  /** Names of the files in this folder, without subfolders; empty if the folder does not exist. */
  list(): Promise<readonly string[]>;
  /** Names of the folders in this folder. */
  folders(): Promise<readonly string[]>;
  /** The sizes and times of those of these files that exist. */
  stats(names: readonly string[]): Promise<ReadonlyMap<string, FileStat>>;
  read(name: string): Promise<Uint8Array>;
  /**
   * Reads the given number of bytes at the beginning and at the end of a file. Absent if only whole files can be
   * read.
   */
  readEnds?(name: string, bytes: number): Promise<{ readonly head: Uint8Array; readonly tail: Uint8Array }>;
  /** Replaces a file atomically: readers see the old bytes or the new ones, and a failure keeps the old ones. */
  write(name: string, bytes: Uint8Array, durability?: Durability): Promise<void>;
  delete(name: string): Promise<void>;
  /** Moves a file, also into a subfolder. If two callers move the same file, one succeeds. */
  move(from: string, to: string): Promise<void>;
  folder(name: string): FileFolder;
  /** Runs an action while no other window runs one with this name. */
  withLock<T>(name: string, action: () => Promise<T>): Promise<T>;
  /**
   * Calls back with the name of each changed file, or with undefined if it is not known. Returns a function that ends
   * the watch.
   */
  watch(changed: (name: string | undefined) => void): () => void;
  /** Removes temporary files of writers that were terminated. */
  removeLeftovers(): Promise<void>;
}

/** `flushed`, the default, survives a power cut; `cached` is for data that may be lost then. */
export type Durability = 'flushed' | 'cached';

export type FileErrorKind = 'not-found' | 'full' | 'read-only' | 'other';

const ERROR_KINDS: readonly (readonly [RegExp, FileErrorKind])[] = [
  [/\b(?:ENOENT|FileNotFound|EntryNotFound)\b/, 'not-found'],
  [/\b(?:ENOSPC|EDQUOT|EFBIG|FileExceedsStorageQuota|QuotaExceededError)\b/, 'full'],
  [/\b(?:EROFS|EACCES|EPERM|NoPermissions|FileWriteLocked|FilePermissionDenied)\b/, 'read-only'],
];

/** The meaning of an error of Node or of `vscode.workspace.fs`, whose message contains Node's error code. */
export function fileErrorKind(error: unknown): FileErrorKind {
  const text = describeFileError(error);
  return ERROR_KINDS.find(([pattern]) => pattern.test(text))?.[1] ?? 'other';
}

/** The error with its code and name. */
export function describeFileError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return error.message.includes(code)
    ? `${error.name}: ${error.message}`
    : `${error.name}: ${code}: ${error.message}`;
}

export function sameStat(a: FileStat | undefined, b: FileStat | undefined): boolean {
  return a === b || (a?.size === b?.size && a?.mtime === b?.mtime && a?.inode === b?.inode);
}

/** The suffix of a file that is still being written. */
export const UNFINISHED_SUFFIX = '.tmp';

export const LOCK_SUFFIX = '.lock';

/** The processes of this machine. */
export interface ProcessTable {
  /** The ID of this process. */
  readonly id: number;
  isRunning(id: number): boolean;
}
/** The result of reading a file. */
export type FileResult =
  /** `realPath` is the path of the file with links resolved. */
  | { readonly kind: 'read'; readonly bytes: Uint8Array; readonly realPath: string }
  | { readonly kind: 'too-large'; readonly size: number }
  | { readonly kind: 'folder' }
  /** A pipe, a device, a socket, or a virtual file such as those in /proc. */
  | { readonly kind: 'special' }
  /** The file was replaced before it could be read. */
  | { readonly kind: 'changed' };
