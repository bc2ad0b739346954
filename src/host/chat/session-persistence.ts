import * as vscode from 'vscode';
import type { LearnedCorrections } from '../../core/api';
import type { Conversation } from '../../core/chat/conversation';
import type { Session, SessionServices } from '../../core/chat/session';
import { createSessions, type Sessions } from '../../core/chat/sessions';
import { withoutRemoteAnswers, type StoredChat } from '../../core/chat/stored-chat';
import { chatTitle } from '../../core/chat/chat-list-entry';
import { summaryText } from '../../core/chat/turns-summary';
import { questionText } from '../../core/prompt/messages';
import { systemClock } from '../clock';
import { errorMessage, showInformation, whenPressed } from '../notifications';
import { logTo, reportTo } from '../error-reporting';
import type { Platform } from '../platform';
import { readSettings } from '../settings';
import { openStorage, type Storage } from '../storage/open-storage';
import { logEvent } from './event-log';

/** The conversations of this window and their storage. */
export interface SessionPersistence {
  readonly sessions: Sessions;
  /** The dependencies of every session, including one that belongs to no chat. */
  readonly sessionServices: SessionServices;
  readonly storage: Storage;
  /** Shows the chat that this window showed last. */
  restore(): Promise<void>;
  /** The window continues with a draft of another window. */
  readonly onDidReplaceDraft: (listener: () => void) => void;
  /** Something can no longer be saved, or was saved after all. */
  readonly onDidChangeUnsaved: (listener: () => void) => void;
  /** Saves everything before the window closes. */
  suspend(): Promise<void>;
  dispose(): void;
}

export interface PersistenceServices {
  readonly context: vscode.ExtensionContext;
  readonly platform: Platform;
  readonly learnedCorrections: LearnedCorrections;
  readonly log: vscode.LogOutputChannel;
}

/** Opens the conversations of this window. Their changes are saved and logged, and those of other windows are shown. */
export async function openSessions(services: PersistenceServices): Promise<SessionPersistence> {
  const { context, platform, learnedCorrections, log } = services;
  const sessionServices: SessionServices = {
    transport: platform.transport,
    clock: systemClock,
    random: () => Math.random(),
    learnedCorrections,
    newId: () => crypto.randomUUID(),
  };
  const sessions = createSessions(sessionServices);
  const draftListeners: (() => void)[] = [];
  const unsavedListeners: (() => void)[] = [];

  const storage = await openStorage({
    context,
    platform,
    log,
    clock: systemClock,
    isOpen: (id) => sessions.find(id) !== undefined,
    isUntouched: () => sessions.shown.conversation.turns.length === 0,
    onDidOpen: () =>
      void restore()
        .then(() => draftListeners.forEach((listener) => listener()))
        .catch((error: unknown) => log.error(`The draft was not shown: ${errorMessage(error)}`)),
    events: {
      adopt: (merged, ours) =>
        adopt(
          sessions,
          merged,
          ours,
          () => void restoreDeleted(merged).catch(reportTo(log, vscode.l10n.t('Restore'))),
        ),
      damaged: (files) =>
        void import('../storage/chats/damaged-files')
          .then(({ showDamagedFiles }) => showDamagedFiles(files))
          .catch(logTo(log, 'The notification of damaged files')),
      unsavedChanged: () => unsavedListeners.forEach((listener) => listener()),
    },
  });
  const { chats, drafts } = storage;

  async function restoreDeleted({ conversation }: StoredChat): Promise<void> {
    await chats.setDeleted(conversation.id, undefined);
    if (sessions.shown.conversation.turns.length === 0) sessions.show(conversation);
  }

  async function restore(): Promise<void> {
    const id = drafts.state.chat;
    const stored =
      id === undefined ? undefined : await chats.read(id).catch(logTo(log, 'The chat of the last session'));
    // The user may have switched to another chat while this one was read.
    if (stored && stored.deletedAt === undefined && drafts.state.chat === id)
      sessions.show(stored.conversation);
  }

  followSessions(sessions, storage, log);
  const stopFollowing = followOtherWindows(sessions, storage, log);

  return {
    sessions,
    sessionServices,
    storage,
    restore,
    onDidReplaceDraft: (listener) => void draftListeners.push(listener),
    onDidChangeUnsaved: (listener) => void unsavedListeners.push(listener),
    async suspend() {
      await Promise.all([chats.flush(), drafts.release(), chats.index.save()]);
    },
    dispose() {
      stopFollowing();
      storage.dispose();
    },
  };
}

/** Number of characters of a chat, from its end, that are redacted in messages of the server. */
const MAX_REDACTED_LENGTH = 1024 * 1024;

/** The texts that were sent with the last question. */
function textsOf({ turns }: Conversation): readonly string[] {
  const texts: string[] = [readSettings().settings.instructions];
  let size = 0;
  for (const { question, answers, summaries = [] } of turns.toReversed()) {
    const choices = answers.flatMap((answer) => answer.choices.map(({ text }) => text));
    for (const text of [questionText(question), ...choices, ...summaries.map(summaryText)]) {
      texts.push(text);
      size += text.length;
    }
    if (size > MAX_REDACTED_LENGTH) break;
  }
  return texts;
}

/** Saves every change of a conversation. */
function followSessions(sessions: Sessions, { chats, drafts }: Storage, log: vscode.LogOutputChannel): void {
  let { shown } = sessions;

  function save(session: Session): void {
    const { conversation } = session;
    if (conversation.turns.length > 0 || conversation.title !== undefined) chats.save(conversation);
    if (session === sessions.shown) saveShown();
  }

  function saveShown(): void {
    const { id } = sessions.shown.conversation;
    if (drafts.state.chat !== id) drafts.update({ chat: id });
  }

  sessions.onChange((session, event) => {
    save(session);
    if (event) logEvent(log, event, () => textsOf(session.conversation));
    // While an answer grows, it is saved at intervals.
    if (event && event.type !== 'ended') return;
    if (event && session !== sessions.shown) chats.close(session.conversation.id);
    chats.flush().catch(logTo(log, 'Saving the chats'));
  });
  sessions.onShow(() => {
    const before = shown;
    ({ shown } = sessions);
    saveShown();
    if (!before.running) chats.close(before.conversation.id);
  });
}

/** @param restore restores the chat if another window has deleted it */
function adopt(
  sessions: Sessions,
  { conversation: merged, deletedAt }: StoredChat,
  ours: Conversation,
  restore: () => void,
): Conversation | undefined {
  const session = sessions.find(merged.id);
  if (!session) return merged;
  if (session.running || session.conversation !== ours) return undefined;
  const shown = withoutRemoteAnswers(merged, ours);
  if (shown !== ours) session.change({ type: 'merged', conversation: shown });
  if (deletedAt !== undefined && session === sessions.shown) {
    sessions.show();
    offerToRestore(merged, restore);
  }
  return shown;
}

function offerToRestore(deleted: Conversation, restore: () => void): void {
  const button = vscode.l10n.t('Restore');
  const text = vscode.l10n.t('The chat "{0}" was deleted in another window.');
  whenPressed(showInformation(text, [chatTitle(deleted)], button), button, restore);
}

/** Changes of files within this time are handled together, in ms. */
const WATCH_DELAY_MS = 100;

/** Shows what other windows write to the chats that are open in this window. */
function followOtherWindows(
  sessions: Sessions,
  { chats, chatFolder }: Storage,
  log: vscode.LogOutputChannel,
): () => void {
  const changed = new Set<string>();
  let cancel: (() => void) | undefined;

  function sync(): void {
    cancel = undefined;
    const ids = [...changed];
    changed.clear();
    for (const id of ids) {
      void chats
        .sync(id)
        .then(() => chats.index.refresh(id))
        .catch((error: unknown) => log.warn(`Chat ${id} was not read again: ${errorMessage(error)}`));
    }
  }

  function scheduleSync(id: string): void {
    changed.add(id);
    cancel ??= systemClock.after(WATCH_DELAY_MS, sync);
  }

  const stopWatching = chatFolder.watch((name) => {
    if (name === undefined) scheduleSync(sessions.shown.conversation.id);
    else if (name.endsWith('.json')) scheduleSync(name.slice(0, -'.json'.length));
  });
  // Some file systems report no changes.
  const focus = vscode.window.onDidChangeWindowState(({ focused }) => {
    if (focused) scheduleSync(sessions.shown.conversation.id);
  });
  return () => {
    stopWatching();
    focus.dispose();
    cancel?.();
  };
}
