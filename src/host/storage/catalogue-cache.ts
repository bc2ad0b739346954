import * as vscode from 'vscode';
import type { CatalogueCache } from '../../core/catalogue';

/** The lists of models that services have told, a file for each address; another window may write them too. */
export function createCatalogueCache(folder: vscode.Uri, log: vscode.LogOutputChannel): CatalogueCache {
  const { fs } = vscode.workspace;

  return {
    async read(address) {
      try {
        return new TextDecoder().decode(await fs.readFile(fileOf(folder, address)));
      } catch {
        // Mostly there is none yet; whatever it is, the service is asked.
        return undefined;
      }
    },
    async write(address, text) {
      const file = fileOf(folder, address);
      const beside = file.with({ path: `${file.path}.tmp` });
      try {
        await fs.writeFile(beside, new TextEncoder().encode(text));
        await fs.rename(beside, file, { overwrite: true });
      } catch (error) {
        log.warn(`Could not keep the models of ${address}: ${String(error)}`);
      }
    },
  };
}

/** Windows has no asterisk in the name of a file, and `encodeURIComponent` leaves it. */
function fileOf(folder: vscode.Uri, address: string): vscode.Uri {
  return vscode.Uri.joinPath(folder, `${encodeURIComponent(address).replaceAll('*', '%2A')}.json`);
}
