import type { Conversation } from '../../src/core/chat/conversation';
import type { Clock } from '../../src/core/clock';
import { createChatPlaceholders } from '../../src/core/privacy/secret-placeholders';
import type { ErrorDescriptions } from '../../src/host/chat/error-messages/load-error-descriptions';
import { describeError } from '../../src/host/chat/error-messages/describe-error';
import type { WebviewSyncServices } from '../../src/host/views/webview-sync';

/** Error descriptions whose code is already loaded. */
export const errorDescriptions: ErrorDescriptions = {
  loaded: true,
  load: () => Promise.resolve(),
  describe: describeError,
};

export function webviewSyncServices(conversation: () => Conversation, clock: Clock): WebviewSyncServices {
  return {
    conversation,
    clock,
    typicalThinkingTime: () => undefined,
    placeholders: createChatPlaceholders(),
    errors: errorDescriptions,
  };
}
