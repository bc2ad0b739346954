import { lazy } from '../../core/lazy';
import { notSent } from '../chat/not-sent';
import * as vscode from 'vscode';
import { shownChoice } from '../../core/chat/answer';
import { currentAnswer } from '../../core/chat/conversation';
import type { Session } from '../../core/chat/session';
import type { Sessions } from '../../core/chat/sessions';
import { hideInAddress, type ChatPlaceholders, type Placeholders } from '../../core/privacy/placeholders';
import type { Action } from '../../protocol/messages';
import type { CodeActions } from '../editor/code-actions';
import { reportFailure, reportTo } from '../error-reporting';
import type { ModelChoice } from '../models/model-choice';
import { openSettings } from '../settings';
import type { Storage } from '../storage/open-storage';
import type { Platform } from '../platform';
import { createAnswerLinks } from './answer-links';
import { actionName } from '../chat/buttons';
import type { Asker } from '../chat/chat-service';
import type { HistoryDoor } from '../chat/history-door';
import type { Receiver, Reply } from '../chat/request';
import type { Submission, SubmissionServices } from '../chat/submission';

export interface ReceiverServices extends SubmissionServices, Pick<Platform, 'realPath'> {
  readonly asker: Asker;
  readonly sessions: Sessions;
  readonly placeholders: ChatPlaceholders;
  readonly modelChoice: ModelChoice;
  readonly codeActions: CodeActions;
  readonly history: Pick<HistoryDoor, 'receive' | 'exportUnsaved'>;
  readonly storage: Pick<Storage, 'chats' | 'drafts'>;
}

type Submit = (question: string, reply: Reply, send: (opened: Submission) => Promise<void>) => void;

/** Loads what sends questions; where the code cannot be loaded, the question stays in the box. */
function createSubmit(services: ReceiverServices): Submit {
  const submission = lazy(async (): Promise<Submission> => {
    const { createSubmission } = await import('../features');
    return createSubmission(services);
  });
  return (question, reply, send) => {
    submission()
      .then(send)
      .catch((error: unknown) => reply({ type: notSent(error, services.log), question }));
  };
}

export function createReceiver(services: ReceiverServices): Receiver {
  const { sessions, codeActions, draft, edits, shelf, placeholders, log, onDraft, history } = services;
  const submit = createSubmit(services);
  const actions = createActions(services);
  const shownPlaceholders = (): Placeholders => placeholders.of(sessions.shown.conversation.id);
  const hide = (address: string): string => hideInAddress(address, shownPlaceholders());
  const answerLinks = createAnswerLinks(hide, services.realPath, log);

  return (request, reply) => {
    if ('code' in request) return codeActions.run(request);
    switch (request.type) {
      case 'draft':
        draft.keep({ text: request.text });
        return onDraft(request.withSelection);
      case 'send':
        return submit(request.question, reply, (opened) => opened.send(request, reply));
      case 'attach':
      case 'pin':
      case 'complete':
      case 'accept':
      case 'drop':
      case 'paste':
      case 'unattach':
      case 'openAttached':
      case 'pasteAsText':
      case 'recall':
        return void shelf
          .open()
          .then((opened) => opened.receive(request, reply))
          .catch(reportTo(log, vscode.l10n.t('Add Context')));
      case 'edit':
        return submit(request.question, reply, (opened) => opened.edit(request, reply));
      case 'editing':
        return edits.set(request.turnId, request.text);
      case 'turn':
        return sessions.shown.change({ ...request, type: 'turned' });
      case 'stop':
        return void sessions.shown.stop();
      case 'choose':
        return sessions.shown.change({ ...request, type: 'chosen' });
      case 'copyAnswer':
        return codeActions.copyAnswer(
          shownPlaceholders().restore(answerText(sessions.shown, request.turnId)),
        );
      case 'history':
        return history.receive(request.request, reply);
      case 'copy':
        return codeActions.copy(request.text);
      case 'dragRefused':
        return codeActions.refuseDrag();
      case 'logError':
        return log.error(`The chat webview: ${request.text}`);
      case 'openLink':
      case 'findFiles':
      case 'openFile':
        return answerLinks(request, reply);
      default:
        return perform(request.type, actions, log);
    }
  };
}

function perform(
  action: Action,
  actions: ReturnType<typeof createActions>,
  log: ReceiverServices['log'],
): void {
  void Promise.resolve()
    .then(actions[action])
    .catch((error: unknown) => reportFailure(actionName(action), error, log));
}

function createActions({
  asker,
  modelChoice,
  shelf,
  history,
  storage,
  log,
}: ReceiverServices): Readonly<Record<Action, () => unknown>> {
  return {
    retry: () => asker.retry(),
    retryShorter: () => asker.retryShorter(),
    useAddress: () => asker.useAddress(),
    retryDoubled: () => asker.retryDoubled(),
    continueAnswer: () => asker.continueAnswer(),
    selectModel: () => modelChoice.select(),
    useReplacement: () => modelChoice.useReplacement(),
    unattachUnusable: async () => (await shelf.open()).removeUnusable(),
    setApiKey: () => vscode.commands.executeCommand('o1mini.setApiKey'),
    openSettings: () => openSettings('o1mini'),
    retrySaving: () => Promise.all([storage.chats.flush(), storage.drafts.flush()]),
    exportUnsaved: () => history.exportUnsaved(),
    showLog: () => log.show(),
  };
}

/** An answer as the model wrote it, in Markdown. */
function answerText({ conversation }: Session, turnId: string): string {
  const turn = conversation.turns.find(({ id }) => id === turnId);
  return turn ? shownChoice(currentAnswer(turn)).text : '';
}
