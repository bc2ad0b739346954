import { buffer } from 'node:stream/consumers';
import yauzl from 'yauzl';
import yazl from 'yazl';

/** The mode of all files, whatever their mode on the build machine: writable by the owner, readable by all. */
const mode = 0o100644;

/**
 * Rewrites a zip such that its bytes depend only on the names and contents of its files: sorted by name, with one date
 * and one mode for all of them.
 *
 * @param date stored by a zip without a time zone, in steps of two seconds
 */
export async function reproducibleZip(zip: Buffer, date: Date): Promise<Buffer> {
  const files = await filesOf(zip);
  const written = new yazl.ZipFile();
  // A zip has no time zone; the date is written in UTC.
  const mtime = new Date(date.getTime() + date.getTimezoneOffset() * 60_000);
  for (const [name, contents] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    written.addBuffer(contents, name, { mtime, mode, forceDosTimestamp: true });
  }
  written.end();
  return buffer(written.outputStream);
}

/** The contents of the files in a zip, by name. */
export async function filesOf(zip: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  const archive = await yauzl.fromBufferPromise(zip);
  const files = new Map<string, Buffer>();
  for await (const entry of archive.eachEntry()) {
    files.set(entry.fileName, await buffer(await archive.openReadStreamPromise(entry)));
  }
  return files;
}
