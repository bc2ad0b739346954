import * as vscode from 'vscode';
import type { Clock } from '../../core/clock';
import type { ChatWorkspace } from '../../core/chat/stored-chat';
import type { FileFolder } from '../../core/file-folder';
import { lazy } from '../../core/lazy';
import { logTo } from '../error-reporting';
import type { Platform } from '../platform';
import { createChatStore, type ChatStore, type ChatStoreEvents } from './chats/chat-store';
import { currentWorkspace } from './current-workspace';
import { findEarlierFolders } from './earlier-versions/earlier-folders';
import type { EarlierFolder, EarlierStorage } from './earlier-versions/earlier-storage';
import { openDraftStore, type DraftStore, type DraftStoreServices } from './drafts/draft-store';
import { purgeDeleted } from './chats/purge-deleted';
import { loadOpenFolder } from './storage-folders';

/** The storage of this window on disk: the chats that all windows share, and its own draft. */
export interface Storage {
  readonly chats: ChatStore;
  readonly chatFolder: FileFolder;
  readonly drafts: DraftStore;
  readonly workspace: ChatWorkspace | undefined;
  dispose(): void;
}

export interface StorageServices extends Pick<DraftStoreServices, 'isUntouched' | 'onDidOpen'> {
  readonly context: vscode.ExtensionContext;
  readonly platform: Platform;
  readonly clock: Clock;
  readonly log: vscode.LogOutputChannel;
  readonly isOpen: (id: string) => boolean;
  readonly events: ChatStoreEvents;
}

const chatFolderName = 'chatSessions';
const windowFolderName = 'windows';
/** The key in VS Code's state of the window under which the name of its record is stored. */
const hintKey = 'window';

export async function openStorage(services: StorageServices): Promise<Storage> {
  const { context, platform, clock, log, isOpen, events } = services;
  const open = await loadOpenFolder(platform, context.globalStorageUri);
  const root = open(context.globalStorageUri);
  const [chatFolder, windowFolder] = [root.folder(chatFolderName), root.folder(windowFolderName)];
  const workspace = await currentWorkspace(context, platform.realPath);
  const chats = createChatStore({ folder: chatFolder, clock, log, workspace, isOpen, events });
  const loadEarlierStorage = lazy(async () => {
    const { createEarlierStorage } = await import('./earlier-versions/earlier-storage');
    return createEarlierStorage({ root, chatFolder, windowFolder, store: chats, log });
  });
  const earlierFolders = await findEarlierFolders(context, workspace, open);

  /** Few machines have chats of earlier versions, so the code that reads them is loaded only if there are any. */
  async function migrate(
    earlier: EarlierFolder,
    ...actions: readonly ('migrateDraft' | 'migrateChats')[]
  ): Promise<void> {
    if (await isEmpty(earlier.folder)) return;
    for (const action of actions) {
      await loadEarlierStorage()
        .then((storage: EarlierStorage) => storage[action](earlier))
        .catch((error: unknown) => log.error(`${action} failed for ${earlier.key}: ${String(error)}`));
    }
  }

  for (const folder of earlierFolders.ofWindow) await migrate(folder, 'migrateDraft');
  const drafts = await openDraftStore({
    folder: windowFolder,
    clock,
    log,
    workspace,
    session: vscode.env.sessionId,
    hint: context.workspaceState.get<string>(hintKey),
    process: platform.processes,
    newId: () => crypto.randomUUID(),
    windowAnswers: async () => vscode.commands.executeCommand('setContext', 'o1mini.isWindowAlive', true),
    isUntouched: services.isUntouched,
    onDidOpen: services.onDidOpen,
    onDidChangeFailure: events.unsavedChanged,
    onDidIdentify(id) {
      const storing = context.workspaceState.update(hintKey, id);
      storing.then(undefined, logTo(log, 'Naming the draft of the window'));
    },
  });

  async function migrateAll(): Promise<void> {
    for (const folder of earlierFolders.ofWindow) await migrate(folder, 'migrateChats');
    for (const folder of await earlierFolders.others()) await migrate(folder, 'migrateDraft', 'migrateChats');
    await chats.index.refreshAll();
  }
  migrateAll().catch(logTo(log, 'Migrating earlier chats'));
  const dispose = purgeDeleted({ chats, chatFolder, clock, log });

  return { chats, chatFolder, drafts, workspace, dispose };
}

async function isEmpty(folder: FileFolder): Promise<boolean> {
  const [files, folders] = await Promise.all([folder.list(), folder.folders()]).catch(() => [[], []]);
  return files.length + folders.length === 0;
}
