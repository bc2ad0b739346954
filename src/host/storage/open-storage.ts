import * as vscode from 'vscode';
import type { Clock } from '../../core/clock';
import type { ChatWorkspace } from '../../core/chat/stored-chat';
import type { FileFolder } from '../../core/files';
import type { Platform } from '../platform';
import { createChatStore, type ChatStore, type ChatStoreEvents } from './chat-store';
import { currentWorkspace } from './current-workspace';
import { openDraftStore, type DraftStore, type DraftStoreServices } from './draft-store';
import { findEarlierFolders } from './earlier-folders';
import { createEarlierStorage } from './earlier-storage';
import { purgeDeleted } from './purge';
import { openStorageFolder } from './workspace-folder';

/** The storage of this window on disk: the chats that all windows share, and its own draft. */
export interface Storage {
  readonly chats: ChatStore;
  readonly chatFolder: FileFolder;
  readonly drafts: DraftStore;
  readonly workspace: ChatWorkspace | undefined;
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
/** VS Code's state of the window, in which the name of its record is kept. */
const hintKey = 'window';

export async function openStorage(services: StorageServices): Promise<Storage> {
  const { context, platform, clock, log, isOpen, events } = services;
  const open = (uri: vscode.Uri): FileFolder => openStorageFolder(uri, platform.openDiskFolder);
  const root = open(context.globalStorageUri);
  const [chatFolder, windowFolder] = [root.folder(chatFolderName), root.folder(windowFolderName)];
  const workspace = await currentWorkspace(context, platform.realPath);
  const chats = createChatStore({ folder: chatFolder, clock, log, workspace, isOpen, events });
  const earlier = createEarlierStorage({ root, chatFolder, windowFolder, store: chats, log });
  const earlierFolders = await findEarlierFolders(context, workspace, open);

  async function takeOver(what: string, action: () => Promise<void>): Promise<void> {
    await action().catch((error: unknown) => log.error(`${what} were not taken over: ${String(error)}`));
  }

  for (const folder of earlierFolders.ofWindow)
    await takeOver('Earlier drafts', () => earlier.takeOverDraft(folder));
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
    onDidIdentify: (id) => void context.workspaceState.update(hintKey, id),
  });

  async function takeOverAll(): Promise<void> {
    for (const folder of earlierFolders.ofWindow)
      await takeOver('Earlier chats', () => earlier.takeOverChats(folder));
    for (const folder of await earlierFolders.others()) {
      await takeOver('Earlier drafts', () => earlier.takeOverDraft(folder));
      await takeOver('Earlier chats', () => earlier.takeOverChats(folder));
    }
    await chats.index.refreshAll();
  }
  void takeOverAll();
  purgeDeleted({ chats, chatFolder, clock, log });

  return { chats, chatFolder, drafts, workspace };
}
