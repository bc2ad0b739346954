import type * as vscode from 'vscode';
import type { CatalogueCache } from '../../core/catalogue';
import { readReplaced, replaceFile } from './replace-file';

/** The lists of models that services have told, a file for each address; another window may write them too. */
export function createCatalogueCache(folder: vscode.Uri, log: vscode.LogOutputChannel): CatalogueCache {
  return {
    async read(address) {
      try {
        return await readReplaced(folder, fileName(address));
      } catch {
        // Mostly there is none yet; whatever it is, the service is asked.
        return undefined;
      }
    },
    async write(address, text) {
      try {
        await replaceFile(folder, fileName(address), text);
      } catch (error) {
        log.warn(`Could not keep the models of ${address}: ${String(error)}`);
      }
    },
  };
}

/** Windows has no asterisk in the name of a file, and `encodeURIComponent` leaves it. */
function fileName(address: string): string {
  return `${encodeURIComponent(address).replaceAll('*', '%2A')}.json`;
}
