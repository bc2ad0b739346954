import type { Platform } from './host/platform';
import { createWebTransport } from './platform/web/transport';

/** The platform services of a browser. */
export { createServices } from './host/services';

export const platform: Platform = {
  transport: createWebTransport(),
  loadTokenizer: () => import('./core/tokens/token-counter'),
};
