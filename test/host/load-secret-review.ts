import { createChatPlaceholders } from '../../src/core/privacy/secret-placeholders';
import { createSecretReview, type SecretReview } from '../../src/host/chat/consent/secret-review';

/** A review that has agreed to nothing yet. */
export function loadSecretReview(): Promise<SecretReview> {
  return Promise.resolve(createSecretReview(createChatPlaceholders()));
}
