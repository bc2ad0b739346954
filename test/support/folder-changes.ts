import { readdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';

/** Resolves once the files of a folder are as expected; they are looked at again at every change of the folder. */
export async function untilFiles(
  folder: string,
  areAsExpected: (texts: readonly string[]) => boolean,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const watcher = watch(folder, look);
    watcher.once('error', reject);
    look();

    function look(): void {
      if (!areAsExpected(textsIn(folder))) return;
      watcher.close();
      resolve();
    }
  });
}

/** Of the JSON files of a folder. */
function textsIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      try {
        return [readFileSync(join(folder, name), 'utf8')];
      } catch {
        // Another process has just moved it.
        return [];
      }
    });
}
