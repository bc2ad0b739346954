import type * as vscode from 'vscode';
import { checkFromWebview } from '../../protocol/from-webview';
import type { FromWebviewMessage, PostMessage } from '../../protocol/messages';
import type { QuestionEdits } from '../chat/question-edits';
import { DisposableStore } from '../disposables';
import { createWebviewSync, type WebviewSyncServices } from './webview-sync';

/**
 * The view or the editor tab that contains a webview. The webview stays loaded while it is hidden, because loading it
 * again would cause a noticeable delay and lose the undo steps of the question box.
 */
export interface WebviewHost {
  readonly kind: 'view' | 'editor';
  readonly webview: vscode.Webview;
  readonly visible: boolean;
  readonly onDidChangeVisibility: vscode.Event<unknown>;
  readonly onDidDispose: vscode.Event<unknown>;
  /** Brings it to the front and focuses it. */
  reveal(): unknown;
}

/** A webview of the chat. It shows the current conversation and the draft. */
export interface ChatWebview {
  readonly host: WebviewHost;
  /** True if it has reported that it is ready, and is visible. */
  readonly ready: boolean;
  /** Does nothing while the webview is not ready. Once it is visible again, it receives the current state. */
  readonly post: PostMessage;
  conversationChanged(): void;
  draftChanged(): void;
  dispose(): void;
}

/** The part of the draft that the question box shows. */
interface BoxState {
  readonly text: string;
  readonly withSelection: boolean;
}

export interface ChatWebviewServices extends WebviewSyncServices {
  readonly draft: () => BoxState;
  readonly edits: QuestionEdits;
  /** Called with the browser tab that the webview is in. */
  readonly setTab: (tab: string) => void;
  readonly log: vscode.LogOutputChannel;
}

export interface ChatWebviewEvents {
  /** The webview is visible and has the conversation and the draft; everything else may be out of date. */
  onReady(webview: ChatWebview): void;
  onHide(webview: ChatWebview): void;
  onDispose(webview: ChatWebview): void;
  /** @param reply posts a response, also while the webview is hidden */
  onMessage(
    webview: ChatWebview,
    message: Exclude<FromWebviewMessage, { type: 'ready' | 'loadEarlierTurns' }>,
    reply: PostMessage,
  ): void;
}

export function createChatWebview(
  host: WebviewHost,
  services: ChatWebviewServices,
  events: ChatWebviewEvents,
): ChatWebview {
  const { draft, edits, setTab, log } = services;
  const { webview } = host;
  const store = new DisposableStore();
  let loaded = false;
  let visible = host.visible;
  /** The content of its question box, as far as the webview reported or received it, and the revision number. */
  let box: BoxState = { text: '', withSelection: false };
  let revision = 0;

  const reply: PostMessage = (message) => {
    if (loaded) void webview.postMessage(message);
  };
  const sync = createWebviewSync(services, reply);

  function start(): void {
    loaded = true;
    revision = 0;
    postDraft();
    // Before the turns, which contain the editors of these questions.
    reply({ type: 'edits', edits: edits.all });
    sync.postSnapshot();
    if (host.visible) events.onReady(chatWebview);
    else sync.pause();
  }

  function postDraft(): void {
    box = draft();
    reply({ type: 'draft', ...box, revision });
  }

  function visibilityChanged(): void {
    // The event of an editor tab also occurs if only its active state has changed.
    if (host.visible === visible) return;
    visible = host.visible;
    if (!visible) {
      sync.pause();
      events.onHide(chatWebview);
    } else if (loaded) {
      reply({ type: 'shown' });
      chatWebview.draftChanged();
      sync.resume();
      events.onReady(chatWebview);
    }
  }

  function receive(value: unknown): void {
    const message = checkFromWebview(value);
    if (!message) return log.warn('Ignored a message of the webview with an unknown format.');
    if (message.type === 'ready') {
      if (message.tab !== undefined) setTab(message.tab);
      return start();
    }
    if (message.type === 'loadEarlierTurns') return sync.postEarlierTurns();
    if (message.type === 'draft') {
      const { text, withSelection } = message;
      [box, revision] = [{ text, withSelection }, message.revision];
    }
    events.onMessage(chatWebview, message, reply);
  }

  const chatWebview: ChatWebview = {
    host,
    get ready() {
      return loaded && host.visible;
    },
    post(message) {
      if (chatWebview.ready) reply(message);
    },
    conversationChanged() {
      if (chatWebview.ready) sync.conversationChanged();
    },
    draftChanged() {
      if (!chatWebview.ready) return;
      const { text, withSelection } = draft();
      if (text !== box.text || withSelection !== box.withSelection) postDraft();
    },
    dispose() {
      store.dispose();
      loaded = false;
      sync.pause();
      events.onHide(chatWebview);
      events.onDispose(chatWebview);
    },
  };
  store.add(webview.onDidReceiveMessage(receive));
  store.add(host.onDidChangeVisibility(visibilityChanged));
  store.add(host.onDidDispose(() => chatWebview.dispose()));
  return chatWebview;
}
