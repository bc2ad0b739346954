import { createLearnedCorrections } from '../core/api';
import type { Question } from '../core/chat/conversation';
import type { Sessions } from '../core/chat/sessions';
import { lazy } from '../core/lazy';
import { createChatPlaceholders } from '../core/privacy/secret-placeholders';
import { handleCompletedAnswers } from './chat/completed-answers';
import {
  createChatServices,
  type ChatServices,
  type SharedServices,
  type ServicesOptions,
} from './chat-services';
import type { ChatService } from './chat/chat-service';
import type { RequestPreview } from './chat/request-preview';
import { createErrorDescriptions } from './chat/error-messages/load-error-descriptions';
import { openSessions, type SessionPersistence } from './chat/session-persistence';
import { systemClock } from './clock';
import type { CommandActions } from './commands/command-actions';
import { DisposableStore } from './disposables';
import { createEditorServices, type EditorServices } from './editor-services';
import { trackActiveEditor } from './editor/active-editor';
import { logTo } from './error-reporting';
import type { History } from './history/history';
import type { ModelSelection } from './models/model-selection';
import { createCorrectionStore } from './storage/correction-store';
import { keepWebviewsCurrent } from './webview-updates';
import type { ChatEditorTab } from './views/chat-editor-tab';
import { createChatView, type ChatView } from './views/chat-view';
import type { VsCodeChatServices } from './vscode-chat-services';
import { createChatWebviews, type ChatWebviews, type ReadyWebview } from './views/chat-webviews';
import { createUnseenAnswers } from './views/unseen-answers';
import { updateContextKeys } from './views/context-keys';
import type { StatusBarItem } from './views/status-bar-item';
import type { ChatStatusSources } from './views/status-bar-state';
import { createInitialState } from './views/initial-state';
import { createMessageHandler } from './views/message-handler';

/** The services that the commands and the contributed views of the extension use. */
export interface Services extends EditorServices {
  readonly loadVsCodeChat: () => Promise<VsCodeChatServices>;
  readonly view: ChatView;
  readonly loadChatEditorTab: () => Promise<ChatEditorTab>;
  readonly webviews: ChatWebviews;
  readonly sessions: Sessions;
  readonly chatService: ChatService;
  readonly modelSelection: ModelSelection;
  readonly selectParameterValue: ChatServices['selectParameterValue'];
  /** Lets the user choose the service, or selects the one with this ID. */
  readonly selectService: (id: unknown) => Promise<void>;
  readonly loadPreview: () => Promise<RequestPreview>;
  readonly loadHistory: () => Promise<History>;
  readonly loadCommandActions: () => Promise<CommandActions>;
  /** Shows the menu of the status bar item. */
  showMenu(): Promise<void>;
  /** Shows the list of chats. */
  showHistory(): Promise<void>;
  /** Brings a webview to the front and requests a summary of the earlier turns. */
  summarizeTurns(): Promise<void>;
  newChat(): void;
  /** Brings a webview to the front, with the cursor in the question box. */
  compose(options: ComposeOptions): Promise<void>;
  /** Saves everything before the window closes. */
  suspend(): Promise<void>;
}

interface ComposeOptions {
  readonly withSelection: boolean;
  /** Text that is inserted above the text in the question box. */
  readonly text?: string;
}

/** Builds everything but the registrations, and shows the chat that this window showed last. */
export async function createServices({
  statusBarItem,
  ...given
}: Omit<ServicesOptions, 'editor'> & { readonly statusBarItem: StatusBarItem }): Promise<Services> {
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
  const shared = { options, persistence, placeholders, initialState, store, errors };
  const chat = createChatServices({
    ...shared,
    learnedCorrections,
    postAll,
    isVisible: () => webviews.isAnyVisible,
    onDidClearBox: () => webviews.draftChanged(),
  });
  const { chatService, modelSelection } = chat;
  const editorServices = createEditorServices({ ...shared, chat });
  const { loadCodeBlockActions } = editorServices;
  const loadHistory = lazy(async () => {
    const { createHistory } = await import('./history/history');
    return createHistory({ ...persistence.storage, ...options, sessions, bringToFront, postAll });
  });
  const loadPreview = lazy(async () => {
    const { createRequestPreview } = await import('./chat/request-preview');
    return store.add(createRequestPreview({ ...chat, learnedCorrections }));
  });
  const loaders = { loadCodeBlockActions, loadHistory };
  const unseen = store.add(createUnseenAnswers());
  const webviews = createWebviews({ ...shared, chat, loaders, onShown: () => unseen.clear() });
  const view = createChatView(webviews, unseen);
  const bringToFront = (): Promise<ReadyWebview> => bringWebviewToFront(webviews, view);

  async function compose(composition: ComposeOptions): Promise<void> {
    (await bringToFront()).webview.post({ type: 'compose', ...composition });
  }

  async function ask(question: Question): Promise<void> {
    const { askQuestion } = await import('./chat/ask-question');
    await askQuestion(question, { ...chat, sessions, bringToFront, compose });
  }

  const loadChatEditorTab = lazy(async () => {
    const { createChatEditorTab } = await import('./views/chat-editor-tab');
    return store.add(createChatEditorTab(context.extensionUri, sessions, webviews));
  });
  const loadVsCodeChat = lazy(async () => {
    const { createVsCodeChatServices } = await import('./vscode-chat-services');
    return createVsCodeChatServices({ ...shared, chat, bringToFront });
  });
  const loadCommandActions = lazy(async () => {
    const { createCommandActions } = await import('./commands/command-actions');
    const { editor } = options;
    return createCommandActions({
      ...chat,
      sessions,
      editor,
      errors,
      loadCodeBlockActions,
      ask,
      compose,
      log,
    });
  });
  handleCompletedAnswers({
    ...chat,
    sessions,
    isVisible: () => webviews.isAnyVisible,
    onUnseen: () => unseen.add(),
    open: (id) => openChat(id, persistence, bringToFront),
    log,
  });
  await persistence.restore();
  updateContextKeys(sessions);
  keepWebviewsCurrent(options, persistence, chat, initialState, { webviews, unseen }, store);
  updateStatusBarItem(statusBarItem, { ...chat, sessions, unseen, log }, store);
  context.subscriptions.push(store);

  return {
    loadVsCodeChat,
    view,
    loadChatEditorTab,
    webviews,
    sessions,
    chatService,
    modelSelection,
    selectParameterValue: chat.selectParameterValue,
    async selectService(id) {
      const { selectService } = await import('./models/service-selection');
      await selectService(chat.models, id);
    },
    async showMenu() {
      const { showStatusMenu } = await import('./commands/status-menu');
      await showStatusMenu(chat);
    },
    ...editorServices,
    loadCommandActions,
    loadPreview,
    loadHistory,
    compose,
    async showHistory() {
      (await bringToFront()).webview.post({ type: 'history', update: { kind: 'show' } });
    },
    async summarizeTurns() {
      const { wasHidden } = await bringToFront();
      if (!wasHidden) await chatService.summarizeTurns();
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
  onShown,
}: SharedServices & {
  readonly chat: ChatServices;
  readonly loaders: Pick<Services, 'loadCodeBlockActions' | 'loadHistory'>;
  /** Called when a webview is visible. */
  readonly onShown: () => void;
}): ChatWebviews {
  const { context, platform, log } = options;
  const { sessions, storage } = persistence;
  const { draft, edits, attachments, box, draftEstimate, thinkingTimes } = chat;
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
      draftEstimate.update();
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
        draftEstimate.update();
        attachments.refresh();
        chat.queue.post();
        onShown();
      },
    }),
  );
  return webviews;
}

/** The chat can be used before the item shows its state, so nothing waits for this code. A failed load is repeated once. */
function updateStatusBarItem(item: StatusBarItem, sources: ChatStatusSources, store: DisposableStore): void {
  const load = () => import('./views/status-bar-state');
  load()
    .catch(load)
    .then(({ keepStatusBarItemCurrent }) => store.add(keepStatusBarItemCurrent(item, sources)))
    .catch(logTo(sources.log, 'The status bar item'));
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

/** The visible webview that was used last, or else the view. */
async function bringWebviewToFront(webviews: ChatWebviews, view: ChatView): Promise<ReadyWebview> {
  const host = webviews.lastUsed?.host;
  if (!host) return view.show();
  await host.reveal();
  return webviews.whenReady(host.kind);
}
