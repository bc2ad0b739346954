import type { Platform } from './host/platform';
import { webTransport } from './platform/web/transport';

/** The platform services of a browser. */
export { createServices } from './host/services';

export const platform: Platform = {
  transport: webTransport,
  loadTokenizer: () => import('./core/tokens/count'),
};
