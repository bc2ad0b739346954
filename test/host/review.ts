import { createChatPlaceholders } from '../../src/core/privacy/placeholders';
import { createOutgoingReview, type OutgoingReview } from '../../src/host/chat/secret-review';

/** A review that has agreed to nothing yet. */
export function loadReview(): Promise<OutgoingReview> {
  return Promise.resolve(createOutgoingReview(createChatPlaceholders()));
}
