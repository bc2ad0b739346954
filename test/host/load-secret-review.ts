import { createChatPlaceholders } from '../../src/core/privacy/secret-placeholders';
import { createSecretReview, type SecretReview } from '../../src/host/chat/consent/secret-review';

/** Loads a review that has approved nothing yet. */
export function loadSecretReview(placeholders = createChatPlaceholders()): Promise<SecretReview> {
  return Promise.resolve(createSecretReview(placeholders));
}
