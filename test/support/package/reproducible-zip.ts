import { buffer } from 'node:stream/consumers';
import yauzl from 'yauzl';
import yazl from 'yazl';

/** A regular file that its owner may write and everyone may read: the modes of the build machine do not matter. */
const mode = 0o100644;

/**
 * Writes a zip anew so that its bytes depend on nothing but the names and contents of its files: in the order of
 * their names, with one date and one mode for all of them.
 *
 * @param date in any time zone; a zip keeps it in steps of two seconds
 */
export async function reproducibleZip(zip: Buffer, date: Date): Promise<Buffer> {
  const files = await filesOf(zip);
  const written = new yazl.ZipFile();
  // A zip has no time zone; what is written is what this date is in UTC.
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
