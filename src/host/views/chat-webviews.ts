import type * as vscode from 'vscode';
import type { Sessions } from '../../core/chat/sessions';
import type { ToWebviewMessage } from '../../protocol/messages';
import {
  createChatWebview,
  type ChatWebview,
  type ChatWebviewEvents,
  type ChatWebviewServices,
} from './chat-webview';
import type { InitialState } from './initial-state';
import type { MessageHandler } from './message-handler';
import { createQuoting, type Quoting } from './quoting';
import type { WebviewHost } from './chat-webview';
import { webviewFolder, webviewHtml } from './webview-html';

/** A caller that waits for a webview of this kind to be ready. */
interface Waiting {
  readonly kind: WebviewHost['kind'];
  readonly resolve: (ready: ReadyWebview) => void;
  wasHidden: boolean;
}

/** A webview that a caller has waited for. */
export interface ReadyWebview {
  readonly webview: ChatWebview;
  /** True if the webview was hidden in the meantime, so that the user may no longer expect the pending action. */
  readonly wasHidden: boolean;
}

/** All webviews of the chat. They show the same conversation and the same draft. */
export interface ChatWebviews {
  readonly quoting: Pick<Quoting, 'quote'>;
  /** Posts to all webviews that are ready. */
  readonly postAll: (message: ToWebviewMessage) => void;
  readonly isAnyVisible: boolean;
  /** The visible webview that was used last. */
  readonly lastUsed: ChatWebview | undefined;
  open(host: WebviewHost): void;
  /** Resolves with the webview of such a host once it is ready. */
  whenReady(kind: WebviewHost['kind']): Promise<ReadyWebview>;
  draftChanged(): void;
  /** The window continues with another draft: shows its text and its edited questions. */
  draftReplaced(): void;
  dispose(): void;
}

export interface ChatWebviewsServices extends Omit<ChatWebviewServices, 'conversation'> {
  readonly extensionUri: vscode.Uri;
  readonly sessions: Sessions;
  readonly initialState: Pick<InitialState, 'postTo'>;
  readonly handleMessage: MessageHandler;
  /** Called when a webview is ready, so that it can show changes since the last one was visible. */
  readonly onReady: () => void;
}

export function createChatWebviews(services: ChatWebviewsServices): ChatWebviews {
  const { extensionUri, sessions, edits, initialState, handleMessage, onReady } = services;
  /** In the order in which they were used, the last one last. */
  const webviews = new Set<ChatWebview>();
  const waiting = new Set<Waiting>();
  const quoting = createQuoting();
  const webviewServices = { ...services, conversation: () => sessions.shown.conversation };

  const postAll = (message: ToWebviewMessage): void => webviews.forEach(({ post }) => post(message));
  const conversationChanged = (): void => webviews.forEach((webview) => webview.conversationChanged());
  const draftChanged = (): void => webviews.forEach((webview) => webview.draftChanged());

  function markUsed(webview: ChatWebview): void {
    webviews.delete(webview);
    webviews.add(webview);
  }

  const events: ChatWebviewEvents = {
    onReady(webview) {
      quoting.setQuotable(webview, false);
      initialState.postTo(webview.post);
      onReady();
      resolveWaiting(webview, waiting);
    },
    onHide(webview) {
      quoting.setQuotable(webview, false);
      for (const entry of waiting) if (entry.kind === webview.host.kind) entry.wasHidden = true;
    },
    onDispose: (webview) => void webviews.delete(webview),
    onMessage(webview, message, reply) {
      markUsed(webview);
      if (message.type === 'quotable') quoting.setQuotable(webview, message.quotable);
      else handleMessage(message, reply);
    },
  };

  sessions.onChange((session) => {
    if (session === sessions.shown) conversationChanged();
  });
  sessions.onShow(conversationChanged);

  return {
    quoting,
    postAll,
    get isAnyVisible() {
      return [...webviews].some(({ ready }) => ready);
    },
    get lastUsed() {
      return [...webviews].findLast(({ host }) => host.visible);
    },
    open(host) {
      markUsed(createChatWebview(host, webviewServices, events));
      load(host.webview, extensionUri);
    },
    whenReady(kind) {
      const webview = [...webviews].find(({ ready, host }) => ready && host.kind === kind);
      if (webview) return Promise.resolve({ webview, wasHidden: false });
      return new Promise((resolve) => waiting.add({ kind, resolve, wasHidden: false }));
    },
    draftChanged,
    draftReplaced() {
      draftChanged();
      postAll({ type: 'edits', edits: edits.all });
    },
    dispose() {
      for (const webview of [...webviews]) webview.dispose();
      waiting.clear();
    },
  };
}

function load(webview: vscode.Webview, extensionUri: vscode.Uri): void {
  webview.options = { enableScripts: true, localResourceRoots: [webviewFolder(extensionUri)] };
  webview.html = webviewHtml(webview, extensionUri);
}

function resolveWaiting(webview: ChatWebview, waiting: Set<Waiting>): void {
  for (const entry of waiting) {
    const { kind, resolve, wasHidden } = entry;
    if (kind === webview.host.kind && waiting.delete(entry)) resolve({ webview, wasHidden });
  }
}
