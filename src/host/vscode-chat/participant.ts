import * as vscode from 'vscode';
import { shownChoice, type Answer } from '../../core/chat/answer';
import { lastAnswer, type Conversation, type Question } from '../../core/chat/conversation';
import { turnsToSend } from '../../core/chat/turns-to-send';
import { createSession, type Session, type SessionServices } from '../../core/chat/session';
import type { ChatPlaceholders, SecretPlaceholders } from '../../core/privacy/secret-placeholders';
import { formatMessage } from '../../core/text/untrusted-text';
import { withAbortSignal } from '../cancellation';
import { sanitizedErrorText, type ErrorDescriptions } from '../chat/error-messages/load-error-descriptions';
import type { PrepareRequest } from '../chat/request-preparation';
import { askInOneShotSession, type OneShotSessionServices } from '../chat/one-shot-session';
import { showInformation } from '../notifications';
import { followupsFor } from './participant-followups';
import {
  readParticipantQuestion,
  type ParticipantQuestion,
  type QuestionServices,
} from './participant-question';
import { createParticipantThreads } from './participant-threads';

export interface ParticipantServices extends QuestionServices, OneShotSessionServices {
  readonly prepareRequest: PrepareRequest;
  readonly sessionServices: SessionServices;
  readonly placeholders: ChatPlaceholders;
  readonly errors: ErrorDescriptions;
  /** Shows a conversation in our own chat. */
  readonly openConversation: (conversation: Conversation) => Promise<void>;
}

/** The participant `@o1mini` of VS Code's chat. */
export interface Participant {
  readonly handle: (...given: Parameters<vscode.ChatRequestHandler>) => Promise<vscode.ChatResult>;
  readonly provideFollowups: vscode.ChatFollowupProvider['provideFollowups'];
  /** @param answerId the argument of the button below an answer */
  readonly continueInChat: (answerId: unknown) => Promise<void>;
}

export function createParticipant(services: ParticipantServices): Participant {
  const { prepareRequest, sessionServices, placeholders, errors, openConversation } = services;
  const threads = createParticipantThreads(sessionServices.newId);

  return {
    async handle(request, { history }, stream, token) {
      const thread = threads.before(history);
      const read = await readParticipantQuestion(request, thread.turns.length === 0, services);
      if (!read) return failure(vscode.l10n.t('Ask a question, attach a file, or select code in an editor.'));
      showAttachments(read, stream);
      const { question } = read;
      // The user is not asked about a request that was cancelled.
      const prepared = token.isCancellationRequested
        ? undefined
        : await prepareRequest({
            chatId: thread.id,
            history: turnsToSend(thread.turns),
            question,
            overrides: { n: 1, ...selectedModel(request) },
          });
      if (!prepared || token.isCancellationRequested) return {};
      if (prepared.kind === 'cancelled')
        return failure(vscode.l10n.t('The request was cancelled. Nothing was sent.'));
      stream.progress(vscode.l10n.t('Thinking…'));
      const session = createSession(sessionServices, thread);
      const asked = {
        question: prepared.kind === 'send' ? prepared.question : question,
        prepared,
        onChange: createAnswerWriter(session, stream, placeholders.of(thread.id)),
      };
      const answer = await withAbortSignal(token, (signal) =>
        askInOneShotSession(session, { ...asked, signal }, services),
      );
      if (!answer) return {};
      const answerId = threads.add(session.conversation);
      stream.button({
        command: 'o1mini.continueInChat',
        title: vscode.l10n.t('Continue in o1-mini Chat'),
        arguments: [answerId],
      });
      const error = await errorOf(answer, errors);
      return {
        ...(error !== undefined && failure(error)),
        metadata: { answer: answerId, ...(request.command !== undefined && { command: request.command }) },
      };
    },

    provideFollowups: ({ metadata, errorDetails }) =>
      errorDetails ? [] : followupsFor(metadata?.['command']),

    async continueInChat(answerId) {
      const conversation = threads.find(answerId);
      if (conversation) await openConversation(conversation);
      else
        void showInformation(
          vscode.l10n.t('This conversation is no longer in memory. Ask @o1mini again to continue it.'),
        );
    },
  };
}

function failure(message: string): vscode.ChatResult {
  return { errorDetails: { message } };
}

/** The model that is selected in VS Code's chat, if it is one of ours. */
function selectedModel({ model }: vscode.ChatRequest): { readonly model?: string } {
  return model.vendor === 'aimlapi' ? { model: model.id } : {};
}

/** Lists what is sent with the question, and what is not. */
function showAttachments(
  { question, unusable }: ParticipantQuestion,
  stream: vscode.ChatResponseStream,
): void {
  for (const { source } of question.attachments ?? []) {
    if (source) stream.reference(locationOf(source));
  }
  for (const { label, reason } of unusable) {
    const note = vscode.l10n.t('Not attached: {0} ({1}).');
    stream.markdown(`${formatMessage(note, [label, reason])}\n\n`);
  }
}

function locationOf({
  uri,
  lines,
}: NonNullable<NonNullable<Question['attachments']>[number]['source']>): vscode.Uri | vscode.Location {
  const address = vscode.Uri.parse(uri);
  return lines
    ? new vscode.Location(address, new vscode.Range(lines[0] - 1, 0, lines[1] - 1, Number.MAX_SAFE_INTEGER))
    : address;
}

/** Passes the text on while it arrives, with the secrets in the place of their placeholders. */
function createAnswerWriter(
  session: Session,
  stream: vscode.ChatResponseStream,
  { restore, settledLength }: SecretPlaceholders,
): () => void {
  let shown = 0;
  return () => {
    const answer = lastAnswer(session.conversation);
    if (!answer) return;
    const choice = shownChoice(answer);
    const text = choice.text || choice.refusal;
    const length = session.running ? settledLength(text) : text.length;
    // Text that turned out to be reasoning cannot be taken back; the answer follows it.
    if (text.length < shown) shown = 0;
    if (length <= shown) return;
    stream.markdown(restore(text, shown, length));
    shown = length;
  };
}

/** Why the answer is not complete; undefined if it is, or if the user has stopped it. */
async function errorOf(answer: Answer, errors: ErrorDescriptions): Promise<string | undefined> {
  const { status } = answer;
  if (status.kind === 'failed' || status.kind === 'incomplete')
    return sanitizedErrorText(status.error, errors);
  if (status.kind !== 'done' || shownChoice(answer).finishReason !== 'length') return undefined;
  return vscode.l10n.t(
    'The answer ended at the token limit. Increase o1mini.maxCompletionTokens, or continue in o1-mini Chat.',
  );
}
