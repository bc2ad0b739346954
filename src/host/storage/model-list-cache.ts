import type { LogOutputChannel } from 'vscode';
import type { ModelListCache } from '../../core/models/model-list';
import type { FileFolder } from '../../core/file-folder';

/** The model lists that services have sent, in one file for each address. Other windows may write the same files. */
export function createModelListCache(folder: FileFolder, log: LogOutputChannel): ModelListCache {
  return {
    async read(address) {
      try {
        return new TextDecoder().decode(await folder.read(fileName(address)));
      } catch {
        // Usually the file does not exist yet. Whatever the error, the list is requested from the service.
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

/** File names on Windows cannot contain an asterisk, which `encodeURIComponent` does not encode. */
function fileName(address: string): string {
  return `${encodeURIComponent(address).replaceAll('*', '%2A')}.json`;
}
