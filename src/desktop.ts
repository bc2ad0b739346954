import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import type { Platform } from './host/platform';
import { verifiesCertificates } from './host/settings';
import { createDiskFolder, isRunning } from './platform/node/file-folder';
import { resolveHost } from './platform/node/address-guard';
import { createNodeTransport } from './platform/node/transport';

/** The platform services of a desktop. */
export { createServices } from './host/services';

export const platform: Platform = {
  transport: createNodeTransport({ verifiesCertificates }),
  resolveHost,
  files: {
    // Loaded with the first file that is attached.
    readRegularFile: async (path, limit) =>
      (await import('./platform/node/regular-file')).readRegularFile(path, limit),
    realPathOf: realpath,
  },
  loadTokenizer: () => import('./core/tokens/token-counter'),
  openDiskFolder: createDiskFolder,
  realPath: realpath,
  homeFolder: homedir(),
  processes: { id: process.pid, isRunning },
};
