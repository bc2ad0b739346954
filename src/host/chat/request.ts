import type { FromWebviewMessage, ToWebviewMessage } from '../../protocol/messages';

/** What a page says once it is there. */
export type PageRequest = Exclude<FromWebviewMessage, { type: 'ready' }>;

/** What it asks for. */
export type PanelRequest = Exclude<PageRequest, { type: 'quotable' }>;

/** Says something to the page that asked. */
export type Reply = (message: ToWebviewMessage) => void;

/** Does what a page asks for. */
export type Receiver = (request: PanelRequest, reply: Reply) => void;
