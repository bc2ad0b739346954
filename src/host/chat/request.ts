import type { FromWebviewMessage, ToWebviewMessage } from '../../protocol/messages';

/** What a page asks for, once it is there. */
export type PanelRequest = Exclude<FromWebviewMessage, { type: 'ready' }>;

/** Says something to the page that asked. */
export type Reply = (message: ToWebviewMessage) => void;

/** Does what a page asks for. */
export type Receiver = (request: PanelRequest, reply: Reply) => void;
