import type { LogOutputChannel } from 'vscode';
import type { ModelListCache } from '../../core/models/model-list';
import type { FileFolder } from '../../core/files';

/** The model lists that services have sent, a file for each address; another window may write them too. */
export function createModelListCache(folder: FileFolder, log: LogOutputChannel): ModelListCache {
  return {
    async read(address) {
      try {
        return new TextDecoder().decode(await folder.read(fileName(address)));
      } catch {
        // Usually there is none yet; in any case the service is asked.
        return undefined;
      }
    },
    async write(address, text) {
      try {
        await folder.write(fileName(address), new TextEncoder().encode(text), 'cached');
      } catch (error) {
        log.warn(`Could not cache the models of ${address}: ${String(error)}`);
      }
    },
  };
}

/** Windows has no asterisk in the name of a file, and `encodeURIComponent` leaves it. */
function fileName(address: string): string {
  return `${encodeURIComponent(address).replaceAll('*', '%2A')}.json`;
}
