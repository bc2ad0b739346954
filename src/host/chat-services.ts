import * as vscode from 'vscode';
import type { LearnedCorrections } from '../core/api';
import type { ModelListService } from '../core/models/model-list';
import type { Turn } from '../core/chat/conversation';
import type { EnumParameter } from '../core/models/parameter-values';
import type { TokenCounter } from '../core/tokens/token-counter';
import type { Sessions } from '../core/chat/sessions';
import { lazy } from '../core/lazy';
import type { ChatPlaceholders } from '../core/privacy/secret-placeholders';
import type { EstimateView, PostMessage } from '../protocol/messages';
import { createChatAttachmentModel, type ChatAttachmentModel } from './attachments/attachment-model';
import { createChatService, type ChatService } from './chat/chat-service';
import { createDraftEstimate, type DraftEstimate } from './chat/estimates/draft-estimate';
import { createRedactedDraft, type RedactedDraft } from './chat/draft-redaction';
import type { ErrorDescriptions } from './chat/error-messages/load-error-descriptions';
import { describeMissingKey } from './chat/error-card';
import { createQuestionEdits, type QuestionEdits } from './chat/question-edits';
import { createLazyQuestionQueue, type LazyQuestionQueue } from './chat/lazy-question-queue';
import { createQuestionBox, type QuestionBox } from './chat/question-box';
import type { NextQuestionValues } from './chat/request-draft';
import { createRequestPreparation, type PrepareRequest } from './chat/request-preparation';
import type { SendOneShotRequest, OneShotRequestServices } from './chat/one-shot-request';
import type { ValueSelectionServices } from './chat/parameters/value-selection';
import type { SecretReview } from './chat/consent/secret-review';
import type { SessionPersistence } from './chat/session-persistence';
import { createThinkingTimeStats, type ThinkingTimeStats } from './chat/estimates/thinking-time-stats';
import { systemClock } from './clock';
import type { DisposableStore } from './disposables';
import type { ActiveEditor } from './editor/active-editor';
import { createModelMetadataService, type ModelMetadataService } from './models/model-metadata';
import type { ModelSelection } from './models/model-selection';
import { createRetirementCheck } from './models/retirement-check';
import { createPackagedTokenCounter } from './models/packaged-token-counter';
import type { Platform } from './platform';
import { createApiKeyStore, type ApiKeyStore } from './storage/api-key-store';
import { createModelListCache } from './storage/model-list-cache';
import { createSpending, type Spending } from './storage/spending';
import { loadOpenFolder } from './storage/storage-folders';
import { setSelectableParameters } from './views/context-keys';
import type { InitialState } from './views/initial-state';

export interface ServicesOptions {
  readonly context: vscode.ExtensionContext;
  readonly platform: Platform;
  /** Created with the services, because activation takes less time without it. */
  readonly editor: ActiveEditor;
  readonly log: vscode.LogOutputChannel;
}

/** The services that both groups of services need. */
export interface SharedServices {
  readonly options: ServicesOptions;
  readonly persistence: SessionPersistence;
  readonly placeholders: ChatPlaceholders;
  readonly initialState: InitialState;
  readonly store: DisposableStore;
  readonly errors: ErrorDescriptions;
}

export interface ChatServices {
  readonly draft: RedactedDraft;
  readonly edits: QuestionEdits;
  readonly keys: ApiKeyStore;
  readonly spending: Spending;
  readonly thinkingTimes: ThinkingTimeStats;
  readonly attachments: ChatAttachmentModel;
  readonly box: QuestionBox;
  readonly queue: LazyQuestionQueue;
  readonly draftEstimate: DraftEstimate;
  readonly models: ModelMetadataService;
  /** Fires when a list of models was read. */
  readonly onDidChangeModelLists: vscode.Event<void>;
  readonly counter: TokenCounter;
  readonly chatService: ChatService;
  readonly selectParameterValue: (parameter: EnumParameter) => Promise<void>;
  readonly modelSelection: ModelSelection;
  readonly loadSecretReview: () => Promise<SecretReview>;
  /** Sends a question that belongs to no chat. */
  readonly sendOneShotRequest: SendOneShotRequest;
  /** Prepares any request. */
  readonly prepareRequest: PrepareRequest;
  /** Puts the secrets of the chat that is shown in the place of their placeholders. */
  readonly restoreSecrets: (text: string) => string;
}

interface ChatDependencies extends SharedServices {
  readonly learnedCorrections: LearnedCorrections;
  readonly postAll: PostMessage;
  /** Whether the user can see a question box. */
  readonly isVisible: () => boolean;
  readonly onDidClearBox: () => void;
}

/** Everything that a request passes through, from the question box to the session. */
export function createChatServices(shared: ChatDependencies): ChatServices {
  const { options, persistence, placeholders, initialState, store, errors, postAll, onDidClearBox } = shared;
  const { isVisible } = shared;
  const { context, platform, editor, log } = options;
  const { sessions, storage } = persistence;
  const draft = createRedactedDraft(storage.drafts, placeholders.hide);
  const keys = createApiKeyStore(context.secrets);
  const counter = createPackagedTokenCounter(context.extensionUri, platform.loadTokenizer, log);
  const spending = createSpending(
    vscode.Uri.joinPath(context.globalStorageUri, 'spending'),
    systemClock,
    log,
  );
  const onChange = (): void => draftEstimate.update();
  const { models, onDidChangeModelLists } = createModels(shared, onChange);
  const nextValues: NextQuestionValues = new Map();
  const restoreSecrets = (text: string): string =>
    placeholders.of(sessions.shown.conversation.id).restore(text);
  const attachments = store.add(
    createChatAttachmentModel({
      draft,
      editor,
      counter,
      clock: systemClock,
      ...(platform.files && { files: platform.files }),
      log,
      turns: () => turnsWithSecrets(sessions, restoreSecrets),
      isVisible,
      post: postAll,
      setNotice: (notice) => initialState.setNotice(notice),
      onChange,
    }),
  );
  const onDidClear = (): void => {
    onDidClearBox();
    onChange();
  };
  const box = createQuestionBox({ sessions, draft, editor, attachments, nextValues, onDidClear });
  const post = (estimate: EstimateView): void => {
    setSelectableParameters(estimate);
    postAll({ type: 'estimate', estimate });
  };
  const draftEstimate: DraftEstimate = store.add(
    createDraftEstimate({ models, keys, counter, spending, clock: systemClock, box, post, log }),
  );
  const loadSecretReview = lazy(async () => {
    const { createSecretReview } = await import('./chat/consent/secret-review');
    return createSecretReview(placeholders, platform.files);
  });
  const estimating = { keys, models, counter };
  const prepareRequest = createRequestPreparation({
    ...estimating,
    spending,
    checkModel: createRetirementCheck({ models, clock: systemClock, memento: context.globalState, log }),
    resolveHost: platform.resolveHost,
    loadSecretReview,
    onMissingKey: (origin) => initialState.setNotice(describeMissingKey(origin)),
  });
  const chatService = createChatService({
    ...estimating,
    prepareRequest,
    sessions,
    errors,
    nextValues,
    log,
  });
  const { sessionServices } = persistence;
  const sendOneShotRequest = loadedOneShotRequests({
    prepareRequest,
    sessionServices,
    placeholders,
    spending,
    log,
  });
  const regenerate = (): Promise<void> => chatService.regenerate();
  const loadModelSelection = lazy(async () => {
    const { createModelSelection } = await import('./models/model-selection');
    return createModelSelection({ sessions, models, keys, regenerate });
  });
  const modelSelection: ModelSelection = {
    select: async () => (await loadModelSelection()).select(),
    useReplacement: async () => (await loadModelSelection()).useReplacement(),
    findReplacement: async () => (await loadModelSelection()).findReplacement(),
    showDetails: async () => (await loadModelSelection()).showDetails(),
    forgetLearned: async () => (await loadModelSelection()).forgetLearned(),
  };
  const thinkingTimes = createThinkingTimeStats(context.globalState, log);
  const changes = { onDidChange: onChange, selectModel: () => modelSelection.select() };
  const valueServices = { sessions, models, nextValues, thinkingTimes, ...changes };
  const selectParameterValue = loadedValueSelection(valueServices);
  const edits = createQuestionEdits(draft);
  const queue = createLazyQuestionQueue({ sessions, draft, editor, attachments, chatService, postAll, log });
  return {
    draft,
    edits,
    keys,
    spending,
    thinkingTimes,
    attachments,
    box,
    queue,
    draftEstimate,
    models,
    onDidChangeModelLists,
    counter,
    chatService,
    modelSelection,
    selectParameterValue,
    loadSecretReview,
    restoreSecrets,
    sendOneShotRequest,
    prepareRequest,
  };
}

/** Loads its code with the first request that belongs to no chat. */
function loadedOneShotRequests(services: OneShotRequestServices): SendOneShotRequest {
  const load = lazy(async () => {
    const { createOneShotRequests } = await import('./chat/one-shot-request');
    return createOneShotRequests(services);
  });
  return async (question, options) => (await load())(question, options);
}

function loadedValueSelection(services: ValueSelectionServices): ChatServices['selectParameterValue'] {
  return async (parameter) => {
    const selection = await import('./chat/parameters/value-selection');
    await selection.selectParameterValue(parameter, services);
  };
}

/** @param onChange called when a list of models was read */
function createModels(
  { options, store, learnedCorrections }: ChatDependencies,
  onChange: () => void,
): Pick<ChatServices, 'models' | 'onDidChangeModelLists'> {
  const changes = store.add(new vscode.EventEmitter<void>());
  const onDidRead = (): void => {
    onChange();
    changes.fire();
  };
  const list = createModelList(options);
  const models = createModelMetadataService(list, learnedCorrections, systemClock, options.log, onDidRead);
  return { models, onDidChangeModelLists: changes.event };
}

/** The lists of models that services publish, cached on disk. */
function createModelList({ context, platform, log }: ServicesOptions): ModelListService {
  const load = lazy(async () => {
    const { createModelListService } = await import('../core/models/model-list');
    const folder = vscode.Uri.joinPath(context.globalStorageUri, 'models');
    const open = await loadOpenFolder(platform, folder);
    const cache = createModelListCache(open(folder), log);
    return createModelListService(platform.transport, systemClock, cache);
  });
  return { models: async (...query) => (await load()).models(...query) };
}

/** The turns of the chat that is shown, with the secrets in the place of their placeholders. */
function turnsWithSecrets({ shown }: Sessions, restore: (text: string) => string): readonly Turn[] {
  return shown.conversation.turns.map((turn) => ({
    ...turn,
    question: { ...turn.question, text: restore(turn.question.text) },
  }));
}
