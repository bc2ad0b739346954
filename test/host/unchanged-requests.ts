import type { PreparationServices } from '../../src/host/chat/request-preparation';
import { loadSecretReview } from './load-secret-review';

/** Services that send a question unchanged, with the model of the settings. */
export function unchangedRequests(): Pick<PreparationServices, 'loadSecretReview' | 'checkModel'> {
  return { loadSecretReview, checkModel: ({ model }) => Promise.resolve(model) };
}
