import * as vscode from 'vscode';
import type { ModelListService } from '../core/models/model-list';
import type { Turn } from '../core/chat/conversation';
import type { Sessions } from '../core/chat/sessions';
import { lazy } from '../core/lazy';
import type { ChatPlaceholders } from '../core/privacy/secret-placeholders';
import type { EstimateView, PostMessage } from '../protocol/messages';
import { createChatAttachmentModel, type ChatAttachmentModel } from './attachments/attachment-model';
import { createChatService, type ChatService } from './chat/chat-service';
import { createContextUsage, type ContextUsage } from './chat/context-usage';
import { createRedactedDraft, type RedactedDraft } from './chat/draft-redaction';
import type { ErrorDescriptions } from './chat/error-messages/load-error-descriptions';
import { describeMissingKey } from './chat/error-card';
import { createQuestionEdits, type QuestionEdits } from './chat/question-edits';
import { createQuestionBox, type QuestionBox } from './chat/question-box';
import type { SecretReview } from './chat/consent/secret-review';
import type { SessionPersistence } from './chat/session-persistence';
import { createThinkingTimeStats, type ThinkingTimeStats } from './chat/thinking-time-stats';
import { systemClock } from './clock';
import type { DisposableStore } from './disposables';
import type { ActiveEditor } from './editor/active-editor';
import { createModelMetadataService } from './models/model-metadata';
import type { ModelSelection } from './models/model-selection';
import { createPackagedTokenCounter } from './models/token-counter';
import type { Platform } from './platform';
import { createApiKeyStore, type ApiKeyStore } from './storage/api-key-store';
import { createModelListCache } from './storage/model-list-cache';
import { createSpending, type Spending } from './storage/spending';
import { loadOpenFolder } from './storage/storage-folders';
import type { InitialState } from './views/initial-state';

export interface ServicesOptions {
  readonly context: vscode.ExtensionContext;
  readonly platform: Platform;
  /** Made with the services, as activation takes less time without it. */
  readonly editor: ActiveEditor;
  readonly log: vscode.LogOutputChannel;
}

/** The services that both groups of services need. */
export interface Foundation {
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
  readonly contextUsage: ContextUsage;
  readonly chatService: ChatService;
  readonly modelSelection: ModelSelection;
  readonly loadSecretReview: () => Promise<SecretReview>;
  /** Puts the secrets of the chat that is shown in the place of their placeholders. */
  readonly restoreSecrets: (text: string) => string;
}

/** Everything that a request passes through, from the question box to the session. */
export function createChatServices(
  foundation: Foundation & {
    readonly postAll: PostMessage;
    readonly onDidClearBox: () => void;
  },
): ChatServices {
  const { options, persistence, placeholders, initialState, store, errors, postAll, onDidClearBox } =
    foundation;
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
  const onChange = (): void => contextUsage.update();
  const models = createModelMetadataService(createModelList(options), systemClock, log, onChange);
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
      post: postAll,
      setNotice: (notice) => initialState.setNotice(notice),
      onChange,
    }),
  );
  const onDidClear = (): void => {
    onDidClearBox();
    onChange();
  };
  const box = createQuestionBox({ sessions, draft, editor, attachments, onDidClear });
  const post = (estimate: EstimateView): void => postAll({ type: 'estimate', estimate });
  const contextUsage: ContextUsage = store.add(
    createContextUsage({ models, keys, counter, spending, clock: systemClock, box, post, log }),
  );
  const loadSecretReview = lazy(async () => {
    const { createSecretReview } = await import('./chat/consent/secret-review');
    return createSecretReview(placeholders, platform.files);
  });
  const chatService = createChatService({
    sessions,
    keys,
    models,
    counter,
    spending,
    resolveHost: platform.resolveHost,
    loadSecretReview,
    onMissingKey: (origin) => initialState.setNotice(describeMissingKey(origin)),
    errors,
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
  };
  const thinkingTimes = createThinkingTimeStats(context.globalState);
  const edits = createQuestionEdits(draft);
  return {
    draft,
    edits,
    keys,
    spending,
    thinkingTimes,
    attachments,
    box,
    contextUsage,
    chatService,
    modelSelection,
    loadSecretReview,
    restoreSecrets,
  };
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
