import { readdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';

/** Resolves once the files of a folder are as expected, which is checked at every change of the folder. */
export async function untilFiles(
  folder: string,
  areAsExpected: (texts: readonly string[]) => boolean,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const watcher = watch(folder, check);
    watcher.once('error', reject);
    check();

    function check(): void {
      if (!areAsExpected(textsIn(folder))) return;
      watcher.close();
      resolve();
    }
  });
}

/** The texts of the JSON files of a folder. */
function textsIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => {
      try {
        return [readFileSync(join(folder, name), 'utf8')];
      } catch {
        // Another process has just moved the file.
        return [];
      }
    });
}
