import * as vscode from 'vscode';
import { createCompatibilityMemory } from '../core/api/index';
import type { Conversation, Question, Turn } from '../core/chat/conversation';
import { lazy } from '../core/lazy';
import type { Sessions } from '../core/chat/sessions';
import { createChatPlaceholders, type ChatPlaceholders } from '../core/privacy/placeholders';
import { systemClock } from './clock';
import type { AttachmentModelServices, ChatAttachmentModel } from './attachments/attachment-model';
import type { ActiveEditor } from './editor/active-editor';
import type { CodeActions } from './editor/code-actions';
import { createModelChoice, type ModelChoice } from './models/model-choice';
import type { Platform } from './platform';
import type { createRequestPreview, RequestPreview } from './chat/request-preview';
import { createReckoning } from './reckoning';
import type { Draft } from './storage/draft-store';
import type { KeyStore } from './storage/keys';
import type { Spending } from './storage/spending';
import { createAsker, type Asker } from './chat/chat-service';
import { createComposition } from './chat/request-draft';
import { createEdits } from './chat/question-edits';
import { createHistoryDoor, type HistoryDoor } from './chat/history-door';
import type { Page } from './views/chat-webview';
import { createPages, type Pages } from './views/chat-webviews';
import { createChatPanel, type ChatPanel } from './views/chat-view';
import { describeMissingKey } from './chat/error-messages/describe-error';
import { createReceiver } from './views/message-handler';
import type { Receiver } from './chat/request';
import { keepSessions, type KeptSessions } from './chat/session-persistence';
import type { createOutgoingReview, OutgoingReview } from './chat/secret-review';
import { createPrivateDraft } from './chat/draft-redaction';
import { describeUnsaved } from './views/unsaved-notice';
import { followAnswers } from './chat/answer-completion';
import { createShelfDoor, type ShelfDoor } from './chat/shelf-door';
import type { ChatTab } from './views/chat-editor';

/** The chats of this window: their conversations, files and pages, kept in step. */
export interface Chat {
  readonly panel: ChatPanel;
  /** Says something to every page. */
  readonly postAll: Pages['postAll'];
  readonly quoting: Pages['quoting'];
  /** The editor tab, loaded when it is first asked for. */
  readonly tab: () => Promise<ChatTab>;
  readonly sessions: Sessions;
  /** Puts the secrets of the chat that is shown in the place of their placeholders. */
  readonly restore: (text: string) => string;
  readonly asker: Asker;
  readonly modelChoice: ModelChoice;
  readonly preview: () => Promise<RequestPreview>;
  readonly spending: Spending;
  readonly history: HistoryDoor;
  /** Shows a chat in every page, as it has become where its answer still comes; the one before goes on unseen. */
  show(conversation?: Conversation): void;
  /** Shows the chat of this id and brings it to the front; nothing where it cannot be read. */
  open(id: string): Promise<void>;
  /** Whether an answer of the chat is on its way in this window. */
  isRunning(id: string): boolean;
  /** Brings a page to the front, with the cursor in the question box. */
  compose(what: Opening): Promise<void>;
  /** Brings a page to the front and asks; a question that is not sent waits in the box. */
  ask(question: Question): Promise<void>;
  /** Writes what is not yet written; the window is about to go. */
  suspend(): Promise<void>;
}

interface Opening {
  readonly withSelection: boolean;
  /** Goes above what is being written. */
  readonly text?: string;
}

export interface ChatServices {
  readonly context: vscode.ExtensionContext;
  readonly platform: Platform;
  readonly keys: KeyStore;
  readonly editor: ActiveEditor;
  readonly codeActions: CodeActions;
  readonly log: vscode.LogOutputChannel;
}

/** Goes on with the chat that this window had last. */
export async function createChat(services: ChatServices): Promise<Chat> {
  const { context, platform, keys, editor, log } = services;
  const compatibility = createCompatibilityMemory();
  const kept = await keepSessions({ context, platform, compatibility, log });
  const { sessions, storage } = kept;
  const secrets = protectSecrets(sessions, platform);
  const draft = createPrivateDraft(storage.drafts, secrets.placeholders.hide);
  const edits = createEdits(draft);
  const onChange = (): void => pages.meter.changed();
  const reckoning = createReckoning(context, platform, log, onChange);
  const shared = { ...services, ...platform, ...reckoning, ...secrets, sessions, draft, edits };
  const shelf = createShelfDoor(draft, () => loadShelf({ ...shared, onChange }, pages));
  const composition = createComposition(sessions, draft, editor, shelf);
  const onRequest: Receiver = (request, reply) => receive(request, reply);
  const setTab = (tab: string): void => void storage.drafts.setTab(tab);
  const pages = createPages({ ...shared, shelf, composition, onRequest, setTab });
  const panel = createChatPanel(pages);
  const onMissingKey = (origin: string): void => pages.greeting.setNotice(describeMissingKey(origin));
  const asker = createAsker({ ...shared, onMissingKey });
  const modelChoice = createModelChoice({ ...reckoning, sessions, keys, askAgain: () => asker.retry() });
  const front = (): Promise<Page> => bringToFront(pages, panel);
  const open = (id: string): Promise<void> => openStored(id, kept, front);
  const history = createHistoryDoor({ storage, sessions, log, pages, front });
  const receive = createReceiver({ ...shared, shelf, asker, modelChoice, onDraft, history, storage });
  followAnswers({ ...reckoning, sessions, modelChoice, inSight: () => pages.inSight, open });

  function onDraft(withSelection: boolean): void {
    composition.attached = withSelection;
    pages.draftChanged();
    onChange();
  }

  const compose = async (what: Opening): Promise<void> => (await front()).post({ type: 'compose', ...what });

  await kept.restore();
  kept.onDidOpenDraft(() => {
    draft.reopen();
    pages.draftOpened();
    shelf.refresh();
    onChange();
  });
  followUnsaved(kept, pages);
  context.subscriptions.push(shelf, kept, ...followSurroundings(services, pages, draft, shelf));

  return {
    ...{ postAll: pages.postAll, quoting: pages.quoting },
    tab: lazy(() => loadTab(context, sessions, pages)),
    ...{ panel, asker, modelChoice, sessions, restore: secrets.restore },
    preview: lazy(() => loadPreview(context, composition, shelf, compatibility, keys, secrets.loadReview)),
    spending: reckoning.spending,
    history,
    show: (conversation) => sessions.show(conversation),
    isRunning: (id) => sessions.find(id)?.running ?? false,
    ...{ open, compose },
    async ask(question) {
      await front();
      const { text, attachments } = question;
      if ((await asker.ask(question)) === 'kept')
        await compose({ withSelection: attachments !== undefined, text });
    },
    suspend: () => kept.suspend(),
  };
}

async function openStored(
  id: string,
  { sessions, storage }: KeptSessions,
  front: () => Promise<unknown>,
): Promise<void> {
  // What is shown or still answered is newer than its file.
  const conversation = sessions.find(id)?.conversation ?? (await storage.chats.read(id))?.conversation;
  if (!conversation) return;
  sessions.show(conversation);
  await front();
}

/** What cannot be saved is said until it is. */
function followUnsaved({ storage, onDidChangeUnsaved }: KeptSessions, { greeting }: Pages): void {
  const tell = (): void => greeting.setUnsaved(describeUnsaved(storage));
  onDidChangeUnsaved(tell);
  tell();
}

/** What the pages say depends on more than the chat. */
function followSurroundings(
  { editor, keys }: ChatServices,
  { greeting, meter }: Pages,
  draft: Draft,
  shelf: ShelfDoor,
): readonly vscode.Disposable[] {
  return [
    editor.onDidChange(() => {
      greeting.selectionChanged();
      if (!draft.kept.withSelection) return;
      meter.changed();
      shelf.selectionChanged();
    }),
    keys.onDidChange(() => {
      greeting.setNotice(undefined);
      // With the key the service may tell its prices.
      meter.changed();
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('o1mini')) meter.changed();
    }),
  ];
}

/** The page that the user used last, where it can be seen, else the view. */
async function bringToFront(pages: Pages, panel: ChatPanel): Promise<Page> {
  const place = pages.used?.place;
  if (!place) return panel.show();
  await place.reveal();
  return pages.whenThere(place.kind);
}

async function loadTab(
  { extensionUri }: vscode.ExtensionContext,
  sessions: Sessions,
  pages: Pages,
): Promise<ChatTab> {
  const { createChatTab } = await import('./features');
  return createChatTab(extensionUri, sessions, (place) => pages.open(place));
}

async function loadPreview(
  { subscriptions }: vscode.ExtensionContext,
  ...its: Parameters<typeof createRequestPreview>
): Promise<RequestPreview> {
  const features = await import('./features');
  const preview = features.createRequestPreview(...its);
  subscriptions.push(preview);
  return preview;
}

interface SecretServices {
  readonly placeholders: ChatPlaceholders;
  readonly restore: (text: string) => string;
  readonly loadReview: () => Promise<OutgoingReview>;
}

/** What keeps secrets from leaving, and puts them back in answers. */
function protectSecrets(sessions: Sessions, { files }: Platform): SecretServices {
  const placeholders = createChatPlaceholders();
  return {
    placeholders,
    restore: (text) => placeholders.of(sessions.shown.conversation.id).restore(text),
    loadReview: lazy(() => loadOutgoingReview(placeholders, files)),
  };
}

async function loadOutgoingReview(...its: Parameters<typeof createOutgoingReview>): Promise<OutgoingReview> {
  const features = await import('./features');
  return features.createOutgoingReview(...its);
}

interface AtShelf extends Omit<AttachmentModelServices, 'clock' | 'files' | 'turns' | 'post' | 'greeting'> {
  readonly sessions: Sessions;
  readonly restore: (text: string) => string;
  readonly platform: Platform;
}

async function loadShelf(
  { sessions, restore, platform: { files }, ...services }: AtShelf,
  pages: Pages,
): Promise<ChatAttachmentModel> {
  const { createChatAttachmentModel } = await import('./features');
  const turns = (): readonly Turn[] =>
    sessions.shown.conversation.turns.map((turn) => ({
      ...turn,
      question: { ...turn.question, text: restore(turn.question.text) },
    }));
  const { greeting, postAll: post } = pages;
  return createChatAttachmentModel({
    ...services,
    ...(files && { files }),
    clock: systemClock,
    turns,
    post,
    greeting,
  });
}
