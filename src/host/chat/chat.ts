import * as vscode from 'vscode';
import { createCompatibilityMemory } from '../../core/api';
import type { Question } from '../../core/chat/conversation';
import type { Session } from '../../core/chat/session';
import { systemClock } from '../clock';
import type { ActiveEditor } from '../editor/active-editor';
import type { CodeActions } from '../editor/code-actions';
import { createModelChoice, type ModelChoice } from '../models/model-choice';
import type { Platform } from '../platform';
import type { RequestPreview } from '../preview';
import { createReckoning } from '../reckoning';
import { openDraft } from '../storage/draft';
import type { KeyStore } from '../storage/keys';
import type { Spending } from '../storage/spending';
import { createAsker, type Asker } from './asker';
import { createComposition } from './composition';
import { createPage } from './page';
import type { ChatPanel } from './panel';
import { describeMissingKey } from './problems';
import { createReceiver, type PanelRequest } from './receiver';
import { restoreSession } from './restore';
import { followAnswers } from './settlement';

/** The chat of this window: the conversation, its panel and its file, kept in step. */
export interface Chat {
  readonly panel: ChatPanel;
  readonly session: Session;
  readonly asker: Asker;
  readonly modelChoice: ModelChoice;
  readonly preview: () => Promise<RequestPreview>;
  readonly spending: Spending;
  /** Opens the panel with the cursor in the question box. */
  compose(what: Opening): Promise<void>;
  /** Opens the panel and asks; a question that is not sent waits in the box. */
  ask(question: Question): Promise<void>;
  /** Writes what is not yet written; the window is about to go. */
  suspend(): Promise<void>;
}

interface Opening {
  readonly withSelection: boolean;
  /** Goes into an empty box only. */
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
  const folder = vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'chats');
  const compatibility = createCompatibilityMemory();
  const restored = await restoreSession(context, folder, platform.transport, compatibility, log);
  const { session, store } = restored;
  const draft = await openDraft(folder, systemClock, log);
  const composition = createComposition(session, draft, editor);
  const reckoning = createReckoning(context, platform, log, () => page.meter.changed());

  const onMessage = (message: PanelRequest): void => receive(message);
  const page = createPage({ ...services, ...reckoning, session, draft, composition, onMessage });
  const { panel, greeting } = page;
  const { post } = panel;
  const onMissingKey = (origin: string): void => greeting.setNotice(describeMissingKey(origin));
  const asker = createAsker({ ...reckoning, session, keys, log, onMissingKey });
  const modelChoice = createModelChoice({ ...reckoning, session, keys, askAgain: () => asker.retry() });
  const receive = createReceiver({ ...services, session, asker, modelChoice, draft, post, onDraft });
  let preview: Promise<RequestPreview> | undefined;
  followAnswers({ ...reckoning, ...restored, modelChoice, panel });

  function onDraft(withSelection: boolean): void {
    composition.attached = withSelection;
    page.meter.changed();
  }

  async function openPreview(): Promise<RequestPreview> {
    const { createRequestPreview } = await import('../features');
    const created = createRequestPreview(composition, compatibility, keys);
    context.subscriptions.push(created);
    return created;
  }

  async function compose(what: Opening): Promise<void> {
    await panel.show();
    post({ type: 'compose', ...what });
  }

  context.subscriptions.push(
    editor.onDidChange(() => greeting.selectionChanged()),
    keys.onDidChange(() => greeting.setNotice(undefined)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('o1mini')) page.meter.changed();
    }),
  );

  return {
    panel,
    asker,
    modelChoice,
    preview: () => (preview ??= openPreview()),
    session,
    spending: reckoning.spending,
    compose,
    async ask(question) {
      await panel.show();
      if ((await asker.ask(question)) === 'kept') {
        await compose({ withSelection: question.attachments !== undefined, text: question.text });
      }
    },
    async suspend() {
      await Promise.all([store.flush(), draft.flush()]);
    },
  };
}
