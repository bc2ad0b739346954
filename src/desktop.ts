import { realpath } from 'node:fs/promises';
import type { Platform } from './host/platform';
import { verifiesCertificates } from './host/settings';
import { createDiskFolder, isRunning } from './platform/node/file-folder';
import { resolveHost } from './platform/node/address-guard';
import { createNodeTransport } from './platform/node/transport';
import { readRegularFile, realPathOf } from './platform/node/regular-file';

/** The platform services of a desktop. */
export { createServices } from './host/services';

export const platform: Platform = {
  transport: createNodeTransport({ verifiesCertificates }),
  resolveHost,
  files: { readRegularFile, realPathOf },
  loadTokenizer: () => import('./core/tokens/count'),
  openDiskFolder: createDiskFolder,
  realPath: realpath,
  processes: { id: process.pid, isRunning },
};
