import type { Transport } from '../core/api';
import type { FileFolder, ProcessTable, FileResult } from '../core/file-folder';
import type * as tokenizer from '../core/tokens/token-counter';

/** The IP addresses of a host name. Rejects if it has none. */
export type ResolveHost = (hostname: string) => Promise<readonly string[]>;

/** The parts that differ between a desktop and a browser: `desktop.ts` and `web.ts` implement them. */
export interface Platform {
  readonly transport: Transport;
  /** Resolves the addresses of a host; absent if the platform cannot. */
  readonly resolveHost?: ResolveHost;
  /** The files of this machine; absent if VS Code's own file systems are all there is. */
  readonly files?: LocalFiles;
  /** Loads the code that counts tokens. */
  readonly loadTokenizer: () => Promise<typeof tokenizer>;
  /** Opens a folder of the disk, where the extension can reach the disk itself. */
  readonly openDiskFolder?: (path: string) => FileFolder;
  /** The path of a file or folder without symbolic links, where the extension can reach the disk itself. */
  readonly realPath?: (path: string) => Promise<string>;
  /** The folder of the user, where the extension can reach the disk itself. */
  readonly homeFolder?: string;
  /** The processes of the machine, where the extension can see them. */
  readonly processes?: ProcessTable;
}

export interface LocalFiles {
  /**
   * Reads a regular file, and says where it really is.
   *
   * @param limit bytes from which it is not read
   * @throws as Node's file system does, such as an error with the code ENOENT
   */
  readRegularFile(path: string, limit: number): Promise<FileResult>;
  /** A path without links in it; fails where nothing is there. */
  realPathOf(path: string): Promise<string>;
}
