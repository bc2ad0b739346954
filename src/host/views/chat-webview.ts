import type * as vscode from 'vscode';
import { checkFromWebview } from '../../protocol/from-webview';
import type { FromWebviewMessage, ToWebviewMessage } from '../../protocol/messages';
import type { QuestionEdits } from '../chat/question-edits';
import { DisposableStore } from '../disposables';
import { createWebviewSync, type WebviewSyncServices } from './webview-sync';

/** The view or the editor tab that contains a webview. VS Code unloads the webview while it is hidden. */
export interface WebviewHost {
  readonly kind: 'view' | 'editor';
  readonly webview: vscode.Webview;
  readonly visible: boolean;
  readonly onDidChangeVisibility: vscode.Event<unknown>;
  readonly onDidDispose: vscode.Event<unknown>;
  /** Brings it to the front and focuses it. */
  reveal(): unknown;
}

/** A webview of the chat. It shows the conversation that is shown, and the draft. */
export interface ChatWebview {
  readonly host: WebviewHost;
  /** True if it has reported that it is ready, and was not unloaded since. */
  readonly ready: boolean;
  /** Does nothing while the webview is not ready. */
  readonly post: (message: ToWebviewMessage) => void;
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
  /** The webview has the conversation and the draft, and nothing else. */
  onReady(webview: ChatWebview): void;
  /** The webview is hidden. */
  onUnload(webview: ChatWebview): void;
  onDispose(webview: ChatWebview): void;
  onMessage(
    webview: ChatWebview,
    message: Exclude<FromWebviewMessage, { type: 'ready' | 'loadEarlierTurns' }>,
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
  let ready = false;
  /** The content of its question box, as far as the webview reported or received it, and the revision number. */
  let box: BoxState = { text: '', withSelection: false };
  let revision = 0;

  const post = (message: ToWebviewMessage): void => {
    if (ready) void webview.postMessage(message);
  };
  const sync = createWebviewSync(services, post);

  function start(): void {
    ready = true;
    revision = 0;
    postDraft();
    // Before the turns, which contain the editors of these questions.
    post({ type: 'edits', edits: edits.all });
    sync.postSnapshot();
    events.onReady(chatWebview);
  }

  function postDraft(): void {
    box = draft();
    post({ type: 'draft', ...box, revision });
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
    events.onMessage(chatWebview, message);
  }

  function unload(): void {
    ready = false;
    sync.stop();
    events.onUnload(chatWebview);
  }

  const chatWebview: ChatWebview = {
    host,
    get ready() {
      return ready;
    },
    post,
    conversationChanged: () => sync.conversationChanged(),
    draftChanged() {
      const { text, withSelection } = draft();
      if (text !== box.text || withSelection !== box.withSelection) postDraft();
    },
    dispose() {
      store.dispose();
      unload();
      events.onDispose(chatWebview);
    },
  };
  store.add(webview.onDidReceiveMessage(receive));
  store.add(
    host.onDidChangeVisibility(() => {
      if (!host.visible) unload();
      // Hidden for a moment only, it may not have been unloaded, and would never report that it is ready.
      else if (!ready) void webview.postMessage({ type: 'shown' } satisfies ToWebviewMessage);
    }),
  );
  store.add(host.onDidDispose(() => chatWebview.dispose()));
  return chatWebview;
}
