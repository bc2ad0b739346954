import * as vscode from 'vscode';
import { createLearnedCorrections } from '../core/api';
import type { Question } from '../core/chat/conversation';
import type { Sessions } from '../core/chat/sessions';
import { lazy } from '../core/lazy';
import { createChatPlaceholders } from '../core/privacy/secret-placeholders';
import { handleCompletedAnswers } from './chat/answer-completion';
import {
  createChatServices,
  type ChatServices,
  type Foundation,
  type ServicesOptions,
} from './chat-services';
import type { ChatService } from './chat/chat-service';
import type { RequestPreview } from './chat/request-preview';
import { createErrorDescriptions } from './chat/error-messages/load-error-descriptions';
import { openSessions, type SessionPersistence } from './chat/session-persistence';
import { systemClock } from './clock';
import type { CommandActions } from './commands/command-actions';
import { DisposableStore } from './disposables';
import { trackActiveEditor } from './editor/active-editor';
import type { CodeActions } from './editor/code-actions';
import { logTo } from './error-reporting';
import type { History } from './history/history';
import type { ModelSelection } from './models/model-selection';
import { createCorrectionStore } from './storage/correction-store';
import type { ChatEditorTab } from './views/chat-editor-tab';
import { createChatView, type ChatView } from './views/chat-view';
import type { ChatWebview } from './views/chat-webview';
import { createChatWebviews, type ChatWebviews } from './views/chat-webviews';
import { updateContextKeys } from './views/context-keys';
import { createInitialState, type InitialState } from './views/initial-state';
import { createMessageHandler } from './views/message-handler';

/** The services that the commands and the contributed views of the extension use. */
export interface Services {
  readonly view: ChatView;
  readonly loadChatEditorTab: () => Promise<ChatEditorTab>;
  readonly webviews: ChatWebviews;
  readonly sessions: Sessions;
  readonly chatService: ChatService;
  readonly modelSelection: ModelSelection;
  readonly loadPreview: () => Promise<RequestPreview>;
  readonly loadHistory: () => Promise<History>;
  readonly loadCodeActions: () => Promise<CodeActions>;
  readonly loadCommandActions: () => Promise<CommandActions>;
  /** Shows the list of chats. */
  showHistory(): Promise<void>;
  newChat(): void;
  /** Brings a webview to the front, with the cursor in the question box. */
  compose(options: ComposeOptions): Promise<void>;
  /** Saves everything before the window closes. */
  suspend(): Promise<void>;
}

interface ComposeOptions {
  readonly withSelection: boolean;
  /** Text that goes above what is already written. */
  readonly text?: string;
}

/** Builds everything but the registrations, and shows the chat that this window showed last. */
export async function createServices(given: Omit<ServicesOptions, 'editor'>): Promise<Services> {
  const { context, platform, log } = given;
  const store = new DisposableStore();
  const options = { ...given, editor: store.add(trackActiveEditor()) };
  const learnedCorrections = createLearnedCorrections(createCorrectionStore(context.globalState, log));
  const persistence = store.add(await openSessions({ context, platform, learnedCorrections, log }));
  const { sessions } = persistence;
  const postAll: ChatWebviews['postAll'] = (message) => webviews.postAll(message);
  const initialState = createInitialState(options.editor, postAll);
  const placeholders = createChatPlaceholders();
  const errors = createErrorDescriptions(log);
  const chat = createChatServices({
    options,
    persistence,
    placeholders,
    initialState,
    store,
    errors,
    postAll,
    onDidClearBox: () => webviews.draftChanged(),
  });
  const { box, attachments, keys, chatService, modelSelection, loadSecretReview } = chat;
  const loadCodeActions = lazy(async () => {
    const { createCodeActions } = await import('./editor/code-actions');
    return store.add(createCodeActions(options.editor, log));
  });
  const loadHistory = lazy(async () => {
    const { createHistory } = await import('./history/history');
    return createHistory({ ...persistence.storage, sessions, log, bringToFront, postAll });
  });
  const loadPreview = lazy(async () => {
    const { createRequestPreview } = await import('./chat/request-preview');
    return store.add(createRequestPreview(box, attachments, learnedCorrections, keys, loadSecretReview));
  });
  const loaders = { loadCodeActions, loadHistory };
  const webviews = createWebviews({
    options,
    persistence,
    placeholders,
    initialState,
    store,
    errors,
    chat,
    loaders,
  });
  const view = createChatView(webviews);
  const bringToFront = (): Promise<ChatWebview> => bringWebviewToFront(webviews, view);

  async function compose(composition: ComposeOptions): Promise<void> {
    (await bringToFront()).post({ type: 'compose', ...composition });
  }

  /** Sends a question that is not in the question box. Where it is not sent, it is put into the box. */
  async function ask(question: Question): Promise<void> {
    await bringToFront();
    const { text, attachments: attached } = question;
    if ((await chatService.sendRequest(question)) !== 'accepted')
      await compose({ withSelection: attached !== undefined, text });
  }

  const loadChatEditorTab = lazy(async () => {
    const { createChatEditorTab } = await import('./views/chat-editor-tab');
    return store.add(createChatEditorTab(context.extensionUri, sessions, webviews));
  });
  const loadCommandActions = lazy(async () => {
    const { createCommandActions } = await import('./commands/command-actions');
    return createCommandActions({ ...chat, sessions, editor: options.editor, loadCodeActions, ask });
  });
  handleCompletedAnswers({
    ...chat,
    sessions,
    isVisible: () => webviews.isAnyVisible,
    open: (id) => openChat(id, persistence, bringToFront),
    log,
  });
  await persistence.restore();
  updateContextKeys(sessions);
  connect(options, persistence, chat, initialState, webviews, store);
  context.subscriptions.push(store);

  return {
    view,
    loadChatEditorTab,
    webviews,
    sessions,
    chatService,
    modelSelection,
    loadCommandActions,
    loadPreview,
    loadHistory,
    loadCodeActions,
    compose,
    async showHistory() {
      (await bringToFront()).post({ type: 'history', update: { kind: 'show' } });
    },
    newChat() {
      sessions.show();
      postAll({ type: 'history', update: { kind: 'opened' } });
    },
    suspend: () => persistence.suspend(),
  };
}

function createWebviews({
  options,
  persistence,
  placeholders,
  initialState,
  store,
  errors,
  chat,
  loaders,
}: Foundation & {
  readonly chat: ChatServices;
  readonly loaders: Pick<Services, 'loadCodeActions' | 'loadHistory'>;
}): ChatWebviews {
  const { context, platform, log } = options;
  const { sessions, storage } = persistence;
  const { draft, edits, attachments, box, contextUsage, thinkingTimes } = chat;
  const handleMessage = createMessageHandler({
    ...chat,
    ...loaders,
    sessions,
    placeholders,
    storage,
    log,
    ...(platform.realPath && { realPath: platform.realPath }),
    onDidChangeBox() {
      webviews.draftChanged();
      contextUsage.update();
    },
  });
  const webviews: ChatWebviews = store.add(
    createChatWebviews({
      extensionUri: context.extensionUri,
      sessions,
      initialState,
      handleMessage,
      draft: () => ({ text: draft.state.text, withSelection: box.withSelection }),
      edits,
      clock: systemClock,
      typicalThinkingTime: (answer) => thinkingTimes.typicalThinkingTime(answer),
      placeholders,
      errors,
      setTab: (tab) => void storage.drafts.setTab(tab).catch(logTo(log, 'The draft of the browser tab')),
      log,
      onReady() {
        contextUsage.update();
        attachments.refresh();
      },
    }),
  );
  return webviews;
}

/** Updates what the webviews show when the environment changes: the draft, the editor, the key or the settings. */
function connect(
  options: ServicesOptions,
  persistence: SessionPersistence,
  { draft, attachments, contextUsage, keys }: ChatServices,
  initialState: InitialState,
  webviews: ChatWebviews,
  store: DisposableStore,
): void {
  const { editor } = options;
  const { sessions, storage } = persistence;
  sessions.onChange((session, event) => {
    // Events of an answer other than its end do not change the next request.
    if (session === sessions.shown && (!event || event.type === 'ended')) contextUsage.update();
  });
  sessions.onShow(() => contextUsage.update());
  persistence.onDidReplaceDraft(() => {
    draft.reopen();
    webviews.draftReplaced();
    attachments.draftReplaced();
    contextUsage.update();
  });
  const showUnsaved = async (): Promise<void> => {
    if (storage.chats.unsaved.failure === undefined && storage.drafts.failure === undefined) {
      initialState.setUnsaved(undefined);
      return;
    }
    const { describeUnsaved } = await import('./views/unsaved-notice');
    initialState.setUnsaved(describeUnsaved(storage));
  };
  const updateUnsaved = (): void => void showUnsaved().catch(logTo(options.log, 'Showing what is not saved'));
  persistence.onDidChangeUnsaved(updateUnsaved);
  updateUnsaved();
  store.add(
    editor.onDidChange(() => {
      initialState.selectionChanged();
      if (!draft.state.withSelection) return;
      contextUsage.update();
      attachments.selectionChanged();
    }),
  );
  store.add(
    keys.onDidChange(() => {
      initialState.setNotice(undefined);
      // With another key, the service may list prices.
      contextUsage.update();
    }),
  );
  store.add(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('o1mini')) contextUsage.update();
    }),
  );
}

async function openChat(
  id: string,
  { sessions, storage }: SessionPersistence,
  bringToFront: () => Promise<unknown>,
): Promise<void> {
  // The conversation in memory is newer than its file.
  const conversation = sessions.find(id)?.conversation ?? (await storage.chats.read(id))?.conversation;
  if (!conversation) return;
  sessions.show(conversation);
  await bringToFront();
}

/** The visible webview that was used last, or else the view in the side bar. */
async function bringWebviewToFront(webviews: ChatWebviews, view: ChatView): Promise<ChatWebview> {
  const host = webviews.lastUsed?.host;
  if (!host) return view.show();
  await host.reveal();
  return webviews.whenReady(host.kind);
}
