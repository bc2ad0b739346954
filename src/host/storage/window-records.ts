import type { LogOutputChannel } from 'vscode';
import type { FileFolder } from '../../core/files';
import { leaseEnding, type WindowLease } from './window-lease';
import { parseRecord, serializeRecord, type WindowRecord } from './window-record';

/** The records of all windows, a file each. */
export interface WindowRecords {
  /** By their ids; `savedAt` is when the window was there last. */
  read(): Promise<ReadonlyMap<string, WindowRecord>>;
  write(id: string, record: WindowRecord): Promise<void>;
  /**
   * Gives a record another id. Of several windows that try this with one record, one succeeds.
   *
   * @returns undefined where another window was faster, or the record cannot be read
   */
  claim(id: string, newId: string): Promise<WindowRecord | undefined>;
  delete(id: string): Promise<void>;
}

const recordEnding = '.json';

export function createWindowRecords(
  folder: FileFolder,
  lease: Pick<WindowLease, 'renewedAt'>,
  log: LogOutputChannel,
): WindowRecords {
  return {
    async read() {
      const records = new Map<string, WindowRecord>();
      for (const name of await folder.list().catch(() => [])) {
        if (!name.endsWith(recordEnding)) continue;
        const id = name.slice(0, -recordEnding.length);
        try {
          const record = parseRecord(await folder.read(name));
          const savedAt = Math.max(record.savedAt, (await lease.renewedAt(id)) ?? 0);
          records.set(id, { ...record, savedAt });
        } catch (error) {
          log.warn(`The draft ${folder.path}/${name} cannot be read and is left as it is: ${String(error)}`);
        }
      }
      return records;
    },
    write: (id, record) => folder.write(id + recordEnding, serializeRecord(record)),
    async claim(id, newId) {
      try {
        await folder.move(id + recordEnding, newId + recordEnding);
        await folder.delete(id + leaseEnding).catch(() => undefined);
        return parseRecord(await folder.read(newId + recordEnding));
      } catch (error) {
        log.debug(`The draft ${id} was not taken: ${String(error)}`);
        return undefined;
      }
    },
    async delete(id) {
      for (const ending of [recordEnding, leaseEnding])
        await folder.delete(id + ending).catch((error: unknown) => log.debug(String(error)));
    },
  };
}
