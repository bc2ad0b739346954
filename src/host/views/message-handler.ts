import * as vscode from 'vscode';
import { shownChoice } from '../../core/chat/answer';
import { currentAnswer } from '../../core/chat/conversation';
import type { Session } from '../../core/chat/session';
import type { Sessions } from '../../core/chat/sessions';
import { summaryText } from '../../core/chat/turns-summary';
import type { EnumParameter } from '../../core/models/parameter-values';
import {
  hideInAddress,
  type ChatPlaceholders,
  type SecretPlaceholders,
} from '../../core/privacy/secret-placeholders';
import type { Action, FromWebviewMessage, PostMessage } from '../../protocol/messages';
import type { SendOutcome } from '../../protocol/requests';
import { rejectRequest, respond } from '../../protocol/responses';
import type { ChatAttachmentModel } from '../attachments/attachment-model';
import { actionName } from '../chat/error-card';
import type { ChatService } from '../chat/chat-service';
import type { QuestionEdits } from '../chat/question-edits';
import type { BoxContent, QuestionBox } from '../chat/question-box';
import type { LazyQuestionQueue } from '../chat/lazy-question-queue';
import { attachedCodeOf, type AttachedCode } from '../editor/tracked-code/attached-code';
import type { CodeBlockActions } from '../editor/code-block-actions';
import { reportFailure, reportTo } from '../error-reporting';
import type { History } from '../history/history';
import type { ModelSelection } from '../models/model-selection';
import { errorMessage, showError } from '../notifications';
import type { Platform } from '../platform';
import { openSettings } from '../settings';
import type { Draft } from '../storage/drafts/draft';
import type { Storage } from '../storage/open-storage';
import type { AnswerLinks } from './answer-links';

/** A message of a webview that is ready. */
export type WebviewMessage = Exclude<FromWebviewMessage, { type: 'ready' | 'loadEarlierTurns' | 'quotable' }>;

export type MessageHandler = (message: WebviewMessage, reply: PostMessage) => void;

export interface MessageHandlerServices extends Pick<Platform, 'realPath'> {
  readonly sessions: Sessions;
  readonly chatService: ChatService;
  readonly box: QuestionBox;
  readonly draft: Draft;
  readonly edits: QuestionEdits;
  readonly queue: Pick<LazyQuestionQueue, 'load'>;
  readonly attachments: Pick<ChatAttachmentModel, 'receive' | 'removeUnusable'>;
  readonly placeholders: ChatPlaceholders;
  readonly modelSelection: ModelSelection;
  readonly selectParameterValue: (parameter: EnumParameter) => Promise<void>;
  readonly loadCodeBlockActions: () => Promise<CodeBlockActions>;
  readonly loadHistory: () => Promise<Pick<History, 'receive' | 'exportUnsaved'>>;
  readonly storage: Pick<Storage, 'chats' | 'drafts'>;
  readonly log: vscode.LogOutputChannel;
  /** Called when a webview has changed the text of the question box, or attached or removed the selection. */
  readonly onDidChangeBox: () => void;
}

/** Handles the messages of the webviews. */
export function createMessageHandler(services: MessageHandlerServices): MessageHandler {
  const { sessions, box, draft, edits, attachments, placeholders, log } = services;
  const sending = createSending(services);
  const actions = createActions(services);
  const shownPlaceholders = (): SecretPlaceholders => placeholders.of(sessions.shown.conversation.id);
  const hide = (address: string): string => hideInAddress(address, shownPlaceholders());
  const loadAnswerLinks = async (): Promise<AnswerLinks> => {
    const { createAnswerLinks } = await import('./answer-links');
    return createAnswerLinks(hide, services.realPath, log);
  };

  function withCodeActions(run: (codeActions: CodeBlockActions) => void): void {
    services
      .loadCodeBlockActions()
      .then(run)
      .catch(reportTo(log, vscode.l10n.t('Code actions')));
  }

  return (message, reply) => {
    if ('code' in message) {
      const asked = codeOfTurn(sessions.shown, message.turnId, shownPlaceholders());
      return withCodeActions((codeActions) => codeActions.run(message, asked));
    }
    switch (message.type) {
      case 'draft':
        draft.update({ text: message.text });
        box.attachSelection(message.withSelection);
        return services.onDidChangeBox();
      case 'send':
        return sending.send(message, reply);
      case 'resendQuestion':
        return sending.resendQuestion(message, reply);
      case 'sendQueued':
      case 'editQueued':
      case 'removeQueued':
        return void services.queue
          .load()
          .then((queue) => queue.receive(message))
          .catch(reportTo(log, vscode.l10n.t('Queued question')));
      case 'pickAttachments':
      case 'attachSelection':
      case 'attachCurrentFile':
      case 'getCompletions':
      case 'completeSymbols':
      case 'acceptCompletion':
      case 'drop':
      case 'paste':
      case 'removeAttachment':
      case 'openAttachment':
      case 'pasteAsText':
      case 'promptHistory':
        return attachments.receive(message, reply);
      case 'editDraft':
        return edits.set(message.turnId, message.text);
      case 'selectVersion':
        return sessions.shown.change({ ...message, type: 'versionSelected' });
      case 'stop':
        return void sessions.shown.stop();
      case 'selectChoice':
        return sessions.shown.change({ ...message, type: 'chosen' });
      case 'changeSummary': {
        const { summaryId, change } = message;
        // The user sees the secrets, but their placeholders are stored.
        const hidden =
          change.kind === 'edited' ? { ...change, text: shownPlaceholders().hide(change.text) } : change;
        return sessions.shown.changeSummary(summaryId, hidden);
      }
      case 'copyAnswer': {
        const text = shownPlaceholders().restore(answerText(sessions.shown, message.turnId));
        return withCodeActions((codeActions) => codeActions.copyAnswer(text));
      }
      case 'history':
        return void services
          .loadHistory()
          .then((history) => history.receive(message.request, reply))
          .catch(reportTo(log, 'History'));
      case 'copy':
        return withCodeActions((codeActions) => codeActions.copy(message.text));
      case 'dragRefused':
        return withCodeActions((codeActions) => codeActions.explainRefusedDrag());
      case 'logError':
        return log.error(`Error in the webview: ${message.text}`);
      case 'openLink':
      case 'findFiles':
      case 'openFile':
        return void loadAnswerLinks()
          .then((answerLinks) => answerLinks(message, reply))
          .catch((error: unknown) => {
            rejectRequest(message, reply);
            reportFailure(vscode.l10n.t('Open'), error, log);
          });
      default:
        return perform(message.type, actions, log);
    }
  };
}

interface Sending {
  send(message: Extract<WebviewMessage, { type: 'send' }>, reply: PostMessage): void;
  resendQuestion(message: Extract<WebviewMessage, { type: 'resendQuestion' }>, reply: PostMessage): void;
}

interface Sent {
  readonly outcome: SendOutcome;
  /** Undefined if it could not be read. */
  readonly content: BoxContent | undefined;
}

/** Sends the question in the box, or another version of an earlier one, and reports the outcome to the webview. */
function createSending({ chatService, sessions, box, edits, queue, log }: MessageHandlerServices): Sending {
  /** VS Code's own storage may fail. */
  function reportNotSent(error: unknown): void {
    log.error(`The question was not sent: ${String(error)}`);
    void showError(vscode.l10n.t('The question was not sent: {0}'), [errorMessage(error)]);
  }

  async function sendNow(text: string, withSelection: boolean): Promise<Sent> {
    const session = sessions.shown;
    const content = await box.read(text, withSelection);
    return {
      content,
      outcome: content ? await chatService.sendRequest(content.question, session) : 'rejected',
    };
  }

  async function sendLater(text: string, withSelection: boolean): Promise<Sent> {
    const content = (await queue.load()).add(text, withSelection);
    return { content, outcome: content ? 'accepted' : 'rejected' };
  }

  return {
    send(message, reply) {
      const send = sessions.shown.running ? sendLater : sendNow;
      const sending = send(message.text, message.withSelection);
      const outcome = sending.then((sent) => sent.outcome);
      respond(message, outcome, reply, reportNotSent);
      // After the response, with which the webview clears its own box.
      Promise.all([sending, outcome]).then(
        ([{ content }, result]) => {
          if (content && result === 'accepted') box.clear(content);
        },
        () => undefined,
      );
    },
    resendQuestion(message, reply) {
      const sending = chatService.editRequest(message.turnId, message.text);
      respond(message, sending, reply, reportNotSent);
      sending.then(
        (outcome) => {
          if (outcome === 'accepted') edits.set(message.turnId, undefined);
        },
        () => undefined,
      );
    },
  };
}

function perform(
  action: Action,
  actions: Readonly<Record<Action, () => unknown>>,
  log: vscode.LogOutputChannel,
): void {
  void Promise.resolve()
    .then(actions[action])
    .catch((error: unknown) => reportFailure(actionName(action), error, log));
}

function createActions(services: MessageHandlerServices): Readonly<Record<Action, () => unknown>> {
  const { chatService, modelSelection, attachments, storage, log } = services;
  return {
    retry: () => chatService.regenerate(),
    retryShorter: () => chatService.regenerate('withinContextLimit'),
    retryDoubled: () => chatService.regenerate('doubledTokenLimit'),
    useAddress: () => chatService.regenerateAtSuggestedAddress(),
    continueAnswer: () => chatService.continueAnswer(),
    summarizeTurns: () => chatService.summarizeTurns(),
    selectModel: () => modelSelection.select(),
    selectReasoningEffort: () => services.selectParameterValue('reasoningEffort'),
    selectVerbosity: () => services.selectParameterValue('verbosity'),
    useReplacement: () => modelSelection.useReplacement(),
    reviewChanges: () => vscode.commands.executeCommand('o1mini.reviewChanges'),
    removeUnusableAttachments: () => attachments.removeUnusable(),
    setApiKey: () => vscode.commands.executeCommand('o1mini.setApiKey'),
    openSettings: () => openSettings('o1mini'),
    retrySaving: () => Promise.all([storage.chats.flush(), storage.drafts.flush()]),
    exportUnsaved: async () => (await services.loadHistory()).exportUnsaved(),
    showLog: () => log.show(),
  };
}

/** The code that the question of a turn is about. */
function codeOfTurn(
  { conversation }: Session,
  turnId: string | undefined,
  { restore }: SecretPlaceholders,
): readonly AttachedCode[] {
  const turn = conversation.turns.find(({ id }) => id === turnId);
  return turn ? attachedCodeOf(turn.question, restore) : [];
}

/**
 * The Markdown of an answer, or of a summary.
 *
 * @param id of a turn, or of a summary
 */
function answerText({ conversation: { turns } }: Session, id: string): string {
  const turn = turns.find((each) => each.id === id);
  if (turn) return shownChoice(currentAnswer(turn)).text;
  const summary = turns.flatMap(({ summaries = [] }) => summaries).find((each) => each.id === id);
  return summary ? summaryText(summary) : '';
}
