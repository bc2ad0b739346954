import * as vscode from 'vscode';
import type { ChatPlaceholders } from '../core/privacy/secret-placeholders';
import type { Conversation } from '../core/chat/conversation';
import { lazy } from '../core/lazy';
import type { ChatServices, SharedServices } from './chat-services';
import type { SessionPersistence } from './chat/session-persistence';
import type { ExtensionApi } from './extension-api/api';
import type { ExtensionAccess } from './extension-api/extension-access';
import type { Participant } from './vscode-chat/participant';
import type { LoadedModelProvider } from './vscode-chat/register-model-provider';

/** The features that this extension provides to VS Code's own chat and to other extensions. Each part is loaded on first use. */
export interface VsCodeChatServices {
  readonly loadModelProvider: () => Promise<LoadedModelProvider>;
  readonly loadParticipant: () => Promise<Participant>;
  readonly loadExtensionApi: () => Promise<LoadedExtensionApi>;
}

interface LoadedExtensionApi extends Pick<ExtensionApi, 'ask'> {
  readonly access: ExtensionAccess;
}

export function createVsCodeChatServices({
  options: { context, platform, editor, log },
  persistence,
  placeholders,
  store,
  errors,
  chat,
  bringToFront,
}: SharedServices & {
  readonly chat: ChatServices;
  readonly bringToFront: () => Promise<unknown>;
}): VsCodeChatServices {
  const { sessionServices } = persistence;
  const loadRawRequests = lazy(async () => {
    const { createLanguageModelRequests } = await import('./chat/language-model-requests');
    return createLanguageModelRequests({ ...chat, sessionServices, resolveHost: platform.resolveHost, log });
  });
  return {
    loadModelProvider: lazy(async () => {
      const { createModelProvider } = await import('./vscode-chat/model-provider');
      const sendLanguageModelRequest = await loadRawRequests();
      return {
        provider: createModelProvider({
          ...chat,
          errors,
          sendLanguageModelRequest,
          resolveHost: platform.resolveHost,
        }),
        onDidChange: onDidChangeModels(chat, store),
      };
    }),
    loadExtensionApi: lazy(async () => {
      const { createAsk } = await import('./extension-api/ask');
      const { createExtensionAccess } = await import('./extension-api/extension-access');
      const access = createExtensionAccess(context.globalState);
      return {
        access,
        ask: createAsk({ access, errors, sendLanguageModelRequest: await loadRawRequests() }),
      };
    }),
    loadParticipant: lazy(async () => {
      const { createParticipant } = await import('./vscode-chat/participant');
      const { createAttachmentResolver } = await import('./attachments/attachment-resolver');
      const { readCode } = await import('./commands/selection-commands');
      return createParticipant({
        ...chat,
        sessionServices,
        placeholders,
        errors,
        log,
        openConversation: (conversation) =>
          openConversation(conversation, persistence, placeholders, bringToFront),
        resolve: createAttachmentResolver(platform.files),
        readCode: async (prompt) => {
          const code = await readCode(prompt, undefined, editor);
          // The participant says itself that there is nothing to ask about.
          return typeof code === 'string' ? [] : code;
        },
      });
    }),
  };
}

/** Fires when another list was read, another key was set, or another service or model was chosen. */
function onDidChangeModels(
  { keys, onDidChangeModelLists }: ChatServices,
  store: SharedServices['store'],
): vscode.Event<void> {
  const changes = store.add(new vscode.EventEmitter<void>());
  const fire = (): void => changes.fire();
  store.add(onDidChangeModelLists(fire));
  store.add(keys.onDidChange(fire));
  store.add(
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (['o1mini.baseUrl', 'o1mini.model'].some((name) => change.affectsConfiguration(name))) fire();
    }),
  );
  return changes.event;
}

/** Shows a conversation of VS Code's chat; that of our chat, if it was continued there before. */
async function openConversation(
  conversation: Conversation,
  { sessions, storage, sessionServices }: SessionPersistence,
  placeholders: ChatPlaceholders,
  bringToFront: () => Promise<unknown>,
): Promise<void> {
  const { id, turns } = conversation;
  const existing = sessions.find(id)?.conversation ?? (await storage.chats.read(id))?.conversation;
  const known = new Set(existing?.turns.map((turn) => turn.id));
  const isContinued = existing && turns.every((turn) => known.has(turn.id));
  // VS Code's chat has new answers since it was opened in our chat, so it becomes another chat.
  const shown =
    isContinued || !existing ? (existing ?? conversation) : { ...conversation, id: sessionServices.newId() };
  if (shown.id !== id) placeholders.copy(id, shown.id);
  if (shown !== existing) storage.chats.save(shown);
  sessions.show(shown);
  await bringToFront();
}
