import * as vscode from 'vscode';
import type { Transport } from '../../core/api';
import {
  currentAnswer,
  lastTurn,
  shownChoice,
  type Conversation,
  type Question,
} from '../../core/chat/conversation';
import { createSession, type Session } from '../../core/chat/session';
import { contextLabel } from '../../core/prompt/context';
import { lastCodeBlock, type CodeBlock } from '../../core/text/fence';
import type { Problem, SelectionView } from '../../protocol/messages';
import { systemClock } from '../clock';
import type { ActiveEditor } from '../editor/active-editor';
import { locateSelection } from '../editor/selection';
import { createChatStore, type ChatStore } from '../storage/chats';
import { openDraft } from '../storage/draft';
import type { KeyStore } from '../storage/keys';
import { createAsker } from './asker';
import { createBroadcast } from './broadcast';
import { logEvent } from './event-log';
import { createChatPanel, type ChatPanel } from './panel';
import { describeMissingKey } from './problems';
import { createReceiver } from './receiver';

/** The chat of this window: the conversation, its panel and its file, kept in step. */
export interface Chat {
  readonly panel: ChatPanel;
  /** Opens the panel with the cursor in the question box. */
  compose(what: Composition): Promise<void>;
  /** Opens the panel and asks; a question that is not sent waits in the box. */
  ask(question: Question): Promise<void>;
  stop(): Promise<void>;
  newChat(): Promise<void>;
  /** The last fenced code of the last answer. */
  lastCodeBlock(): CodeBlock | undefined;
  /** Writes what is not yet written; the window is about to go. */
  suspend(): Promise<void>;
}

interface Composition {
  readonly withSelection: boolean;
  /** Goes into an empty box only. */
  readonly text?: string;
}

export interface ChatServices {
  readonly context: vscode.ExtensionContext;
  readonly transport: Transport;
  readonly keys: KeyStore;
  readonly editor: ActiveEditor;
  readonly log: vscode.LogOutputChannel;
}

/** Goes on with the chat that this window had last. */
export async function createChat(services: ChatServices): Promise<Chat> {
  const { context, keys, editor, log } = services;
  const folder = vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'chats');
  const { session, store } = await restoreSession(services, folder);
  const draft = await openDraft(folder, systemClock, log);
  let notice: Problem | undefined;

  const panel = createChatPanel(context.extensionUri, log, {
    onMessage(message) {
      if (message.type === 'ready') greet();
      else receive(message);
    },
    onGone: () => broadcast.silence(),
  });
  const broadcast = createBroadcast(() => session.conversation, systemClock, panel.post);
  const asker = createAsker(session, keys, log, (origin) => setNotice(describeMissingKey(origin)));
  const receive = createReceiver({ session, asker, editor, draft, log, post: panel.post });

  function greet(): void {
    panel.post({ type: 'draft', text: draft.text });
    broadcast.snapshot();
    postSelection();
    setNotice(notice);
  }

  function setNotice(next: Problem | undefined): void {
    notice = next;
    panel.post({ type: 'notice', ...(notice && { notice }) });
  }

  function postSelection(): void {
    const selection = viewSelection(editor.current);
    panel.post({ type: 'selection', ...(selection && { selection }) });
  }

  async function compose(what: Composition): Promise<void> {
    await panel.show();
    panel.post({ type: 'compose', ...what });
  }

  session.onChange(() => broadcast.changed());
  context.subscriptions.push(
    editor.onDidChange(postSelection),
    keys.onDidChange(() => setNotice(undefined)),
  );

  return {
    panel,
    compose,
    async ask(question) {
      await panel.show();
      if ((await asker.ask(question)) === 'kept') {
        await compose({ withSelection: question.context !== undefined, text: question.text });
      }
    },
    stop: () => session.stop(),
    newChat: () => session.replace(),
    lastCodeBlock: () => lastCodeBlock(lastAnswerText(session.conversation)),
    async suspend() {
      await Promise.all([store.flush(), draft.flush()]);
    },
  };
}

/** The conversation with all that follows it but the panel: its file, the log and the commands' conditions. */
async function restoreSession(
  { context, transport, log }: ChatServices,
  folder: vscode.Uri,
): Promise<{ readonly session: Session; readonly store: ChatStore }> {
  const newId = (): string => crypto.randomUUID();
  const session = createSession({ transport, clock: systemClock, newId });
  const store = createChatStore(folder, systemClock, log);
  const stored = await store.load();
  // Windows without a folder share their storage: each goes on with a copy of its own.
  if (stored) await session.replace(context.storageUri ? stored : { ...stored, id: newId() });
  setContextKeys(session);
  session.onChange((event) => {
    store.save(session.conversation);
    if (event) logEvent(log, event);
    // Between its question and its end an answer changes nothing that the commands depend on.
    if (event && event.type !== 'ended') return;
    setContextKeys(session);
    void store.flush();
  });
  return { session, store };
}

function viewSelection(editor: vscode.TextEditor | undefined): SelectionView | undefined {
  const location = editor && locateSelection(editor);
  return location && { label: contextLabel(location), lineCount: location.lines[1] - location.lines[0] + 1 };
}

function lastAnswerText(conversation: Conversation): string {
  const turn = lastTurn(conversation);
  return turn ? shownChoice(currentAnswer(turn)).text : '';
}

/** Commands are in the palette only where they can do something. */
function setContextKeys({ running, conversation }: Session): void {
  const set = (key: string, value: boolean): void => {
    void vscode.commands.executeCommand('setContext', `o1mini.${key}`, value);
  };
  set('running', running);
  set('hasTurns', conversation.turns.length > 0);
  set('hasCode', !running && lastCodeBlock(lastAnswerText(conversation)) !== undefined);
}
