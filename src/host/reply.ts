import type { ToWebviewMessage } from '../protocol/messages';

/** Posts a message to the webview whose message is being handled. */
export type Reply = (message: ToWebviewMessage) => void;
