import * as vscode from 'vscode';
import type { ChatEvent } from '../../core/api';
import type { Question } from '../../core/chat/conversation';
import { addPrompt } from '../../core/chat/prompt-history';
import type { Session } from '../../core/chat/session';
import type { Sessions } from '../../core/chat/sessions';
import type { FromWebviewMessage, PostMessage } from '../../protocol/messages';
import {
  labelOf,
  parseEntries,
  snapshotOf,
  type AttachmentEntry,
  type ResolvedEntry,
} from '../attachments/attachment-entry';
import type { ChatAttachmentModel } from '../attachments/attachment-model';
import type { ActiveEditor } from '../editor/active-editor';
import { readSelection, showSelectionWarning } from '../editor/selection';
import { logTo } from '../error-reporting';
import { errorMessage, showWarning } from '../notifications';
import { formatCount } from '../number-format';
import type { Draft } from '../storage/drafts/draft';
import type { QueuedQuestion } from '../storage/drafts/window-record';
import type { ChatService } from './chat-service';
import type { BoxContent } from './question-box';

/**
 * Questions that were written while an answer was in progress. Each belongs to its chat, and is sent when the answer is
 * complete. A question that is not sent then stays until the user sends, edits or removes it. All are a part of the draft.
 */
export interface QuestionQueue {
  /** Adds what is in the question box; undefined if there is nothing to send. */
  add(text: string, withSelection: boolean): BoxContent | undefined;
  /** Adds a question that is not in the question box. Returns false if there is nothing to send. */
  addQuestion(question: Question): boolean;
  receive(request: QueueRequest): void;
  /** Posts the questions of the chat that is shown to all webviews. */
  post(): void;
}

type QueueRequest = Extract<FromWebviewMessage, { type: 'sendQueued' | 'editQueued' | 'removeQueued' }>;

export interface QuestionQueueServices {
  readonly sessions: Sessions;
  readonly draft: Draft;
  readonly editor: Pick<ActiveEditor, 'current'>;
  readonly attachments: Pick<ChatAttachmentModel, 'add' | 'resolve'>;
  readonly chatService: Pick<ChatService, 'sendRequest'>;
  readonly postAll: PostMessage;
  readonly log: vscode.LogOutputChannel;
}

/** Largest number of questions that can be queued in one chat. */
const MAX_QUEUED = 20;

export function createQuestionQueue(services: QuestionQueueServices): QuestionQueue {
  const { sessions, draft, editor, attachments, chatService, postAll, log } = services;
  /** The IDs of the questions that are sent when the answer ends. */
  const waiting = new Set<string>();
  /** The reasons why the other questions were not sent, by ID. They are lost after a reload. */
  const reasons = new Map<string, string>();
  /** The chats of which a question is being sent. */
  const sending = new Set<Session>();

  const questionsOf = ({ conversation }: Session): readonly QueuedQuestion[] =>
    draft.state.queued.filter(({ chat }) => chat === conversation.id);
  const isQueued = ({ id }: QueuedQuestion): boolean => draft.state.queued.some((each) => each.id === id);

  function post(): void {
    const questions = questionsOf(sessions.shown).map(({ id, text, references }) => {
      const isWaiting = waiting.has(id);
      const reason = reasons.get(id) ?? vscode.l10n.t('Not sent');
      const note = isWaiting ? vscode.l10n.t('Queued until the answer ends') : reason;
      return { id, text, isWaiting, note: withAttachments(note, references.length) };
    });
    postAll({ type: 'queue', questions });
  }

  function remove({ id }: QueuedQuestion): void {
    waiting.delete(id);
    reasons.delete(id);
    draft.update({ queued: draft.state.queued.filter((each) => each.id !== id) });
    post();
  }

  /** Keeps questions in the queue that would have been sent now, and shows the reason. */
  function hold(questions: readonly QueuedQuestion[], reason: string): void {
    for (const { id } of questions) if (waiting.delete(id)) reasons.set(id, reason);
    post();
  }

  function add(text: string, withSelection: boolean): BoxContent | undefined {
    const session = sessions.shown;
    const selected = withSelection ? snapshotsOfSelection(editor.current) : [];
    if (!selected) return undefined;
    const attached = parseEntries(draft.state.references);
    return enqueue(session, text, [...selected, ...attached])
      ? { question: { text }, attachmentIds: attached.map((entry) => entry.id) }
      : undefined;
  }

  /** Returns false if there is nothing to send, or after the user was told that the queue is full. */
  function enqueue(session: Session, text: string, references: readonly AttachmentEntry[]): boolean {
    if (text.trim() === '') return false;
    if (questionsOf(session).length >= MAX_QUEUED) {
      void showWarning(vscode.l10n.t('You can queue at most {0} questions.'), [MAX_QUEUED]);
      return false;
    }
    const id = crypto.randomUUID();
    const chat = session.conversation.id;
    draft.update({ queued: [...draft.state.queued, { id, chat, text, references }] });
    waiting.add(id);
    post();
    // The answer has ended while this code was loaded.
    if (!session.running) sendNext(session);
    return true;
  }

  function sendNext(session: Session): void {
    const next = questionsOf(session).find(({ id }) => waiting.has(id));
    if (!next || sending.has(session)) return;
    sending.add(session);
    session
      .whenIdle()
      .then(() => send(session, next))
      .catch((error: unknown) => {
        log.error(`A queued question was not sent: ${String(error)}`);
        return vscode.l10n.t('Not sent: {0}', errorMessage(error));
      })
      .then((reason) => {
        sending.delete(session);
        if (reason !== undefined) {
          hold([next], reason);
          hold(questionsOf(session), vscode.l10n.t('Not sent because an earlier question was not sent'));
        } else if (!session.running) sendNext(session);
      })
      .catch(logTo(log, 'The queued questions'));
  }

  /** @returns why the question was not sent; undefined if it was, or still waits */
  async function send(session: Session, queued: QueuedQuestion): Promise<string | undefined> {
    if (session !== sessions.shown) return reasonOfOtherChat();
    const resolved = await attachments.resolve(parseEntries(queued.references));
    const unusable = resolved.find(([, { kind }]) => kind === 'unusable');
    if (unusable) return reasonOf(unusable);
    // Edited or removed in the meantime.
    if (!isQueued(queued)) return undefined;
    const attached = resolved.flatMap(([, one]) => (one.kind === 'usable' ? [one.attachment] : []));
    const { text } = queued;
    const question = { text, ...(attached.length > 0 && { attachments: attached }) };
    const outcome = await chatService.sendRequest(question, session);
    if (outcome === 'accepted') {
      draft.update({ asked: addPrompt(draft.state.asked, text) });
      remove(queued);
      return undefined;
    }
    if (session !== sessions.shown) return reasonOfOtherChat();
    // Another question was sent first.
    return session.running ? undefined : vscode.l10n.t('Not sent');
  }

  function answerEnded(session: Session, { outcome }: Extract<ChatEvent, { type: 'ended' }>): void {
    const affected = questionsOf(session).filter(({ id }) => waiting.has(id));
    if (affected.length === 0) return;
    if (outcome.kind === 'complete') sendNext(session);
    else if (outcome.kind === 'stopped') {
      hold(affected, vscode.l10n.t('Not sent because the answer was stopped'));
    } else hold(affected, vscode.l10n.t('Not sent because the answer failed'));
  }

  sessions.onChange((session, event) => {
    if (event?.type === 'ended') answerEnded(session, event);
  });
  sessions.onShow(post);

  return {
    add,
    addQuestion: ({ text, attachments: attached = [] }) =>
      enqueue(sessions.shown, text, attached.map(snapshotOf)),
    post,
    receive({ type, id }) {
      const queued = questionsOf(sessions.shown).find((each) => each.id === id);
      if (!queued) return;
      if (type === 'sendQueued') {
        waiting.add(id);
        post();
        if (!sessions.shown.running) sendNext(sessions.shown);
        return;
      }
      // The webview has already put the text into the question box.
      if (type === 'editQueued') attachments.add(parseEntries(queued.references));
      remove(queued);
    },
  };
}

/**
 * Snapshots of the selection, because the selection may have changed when the question is sent. Undefined if nothing
 * is selected; the user was told so.
 */
function snapshotsOfSelection(editor: vscode.TextEditor | undefined): readonly AttachmentEntry[] | undefined {
  const selection = readSelection(editor);
  if (selection.kind === 'code') return selection.attachments.map(snapshotOf);
  showSelectionWarning(selection.kind);
  return undefined;
}

function reasonOfOtherChat(): string {
  return vscode.l10n.t('Not sent because another chat was open');
}

function reasonOf([entry, resolved]: ResolvedEntry): string {
  const reason = resolved.kind === 'unusable' ? resolved.reason : '';
  return vscode.l10n.t('Not sent: {0}', `${labelOf(entry)}: ${reason}`);
}

function withAttachments(note: string, count: number): string {
  if (count === 0) return note;
  const attached =
    count === 1 ? vscode.l10n.t('1 attachment') : vscode.l10n.t('{0} attachments', formatCount(count));
  return `${note} · ${attached}`;
}
