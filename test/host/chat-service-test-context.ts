import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ListedModel } from '../../src/core/models/model-parser';
import type { Answer } from '../../src/core/chat/answer';
import { lastAnswer } from '../../src/core/chat/conversation';
import type { Session } from '../../src/core/chat/session';
import { createSessions, type Sessions } from '../../src/core/chat/sessions';
import { createChatPlaceholders } from '../../src/core/privacy/secret-placeholders';
import { createChatService, type ChatService } from '../../src/host/chat/chat-service';
import type { LanguageModelRequestServices } from '../../src/host/chat/language-model-requests';
import type { NextQuestionValues } from '../../src/host/chat/request-draft';
import { createRequestPreparation } from '../../src/host/chat/request-preparation';
import {
  createOneShotRequests,
  type SendOneShotRequest,
  type OneShotRequestServices,
} from '../../src/host/chat/one-shot-request';
import { createModelMetadataService } from '../../src/host/models/model-metadata';
import { createSpending, type Spending } from '../../src/host/storage/spending';
import type { TokenCounter } from '../../src/core/tokens/token-counter';
import type { MetadataServices } from '../../src/host/models/selected-model-metadata';
import { createPackagedTokenCounter } from '../../src/host/models/packaged-token-counter';
import { nodeTransport } from '../../src/platform/node/transport';
import { startServer, type ApiServer } from '../server/server';
import { clientServicesOver, stillClock } from '../support/wire';
import { scratchFolder } from '../support/scratch-folder';
import { apiKeyStore } from './api-key-store';
import { extensionUri, loadTokenizer } from './installed-extension';
import { loadSecretReview } from './load-secret-review';
import { recordingLog, type LogEntry } from './recording-log';
import { errorDescriptions } from './webview-sync-services';
import { unchangedRequests } from './unchanged-requests';
import { withSettings } from './with-settings';

export const apiKey = 'sk-Sentinel7f3a9b';

type SentBody = Readonly<Record<string, unknown>> & {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
};

/** A chat service with a server of its own. Hooks create the service again for each test. */
export interface ChatServiceContext {
  api: ApiServer;
  sessions: Sessions;
  /** The session that is shown when the test starts. */
  session: Session;
  chatService: ChatService;
  sendOneShotRequest: SendOneShotRequest;
  /** The services for requests that belong to no chat. */
  oneShot: OneShotRequestServices;
  /** The services for requests of other extensions. */
  direct: LanguageModelRequestServices;
  spending: Spending;
  /** The counter of tokens, and what is known about models. */
  metadata: MetadataServices & { readonly counter: TokenCounter };
  readonly log: vscode.LogOutputChannel;
  readonly entries: readonly LogEntry[];
  /** The key that is stored for every service. */
  storedKey: string | undefined;
  /** The origins of the services that were reported to have no key. */
  missingKeys: string[];
  /** The models that the service lists. */
  listedModels: readonly ListedModel[];
  nextValues: NextQuestionValues;
  /** Sends a request, and waits for the end of its answer. */
  readonly untilAnswered: (send: () => Promise<unknown>) => Promise<Answer>;
  readonly sentBodies: () => readonly SentBody[];
  /** Resolves when the service has received the next request. */
  readonly untilRequested: () => Promise<void>;
  /** Runs a check with the address of the server and these values in the settings. */
  readonly withServer: (values: object, check: () => Promise<void>) => Promise<void>;
}

/** Resolves when the next answer or summary of the session ends. */
export function nextEnd(session: Session): Promise<void> {
  return new Promise((resolve) => {
    session.onChange((event) => (event?.type === 'ended' ? resolve() : undefined));
  });
}

export function createChatServiceContext(): ChatServiceContext {
  const { log, entries } = recordingLog();
  const counter = createPackagedTokenCounter(extensionUri(), loadTokenizer, log);
  let onRequest = (): void => undefined;
  const functions: Partial<ChatServiceContext> = {
    log,
    entries,
    untilAnswered,
    untilRequested: () => new Promise((resolve) => (onRequest = resolve)),
    sentBodies: () => context.api.requests.map(({ body }) => body as SentBody),
    withServer: (values, check) => withSettings({ baseUrl: context.api.origin, ...values }, check),
  };
  // The hooks assign the other properties.
  const context = functions as ChatServiceContext;

  before(async () => {
    context.api = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 }, onRequest: () => onRequest() });
  });
  after(() => context.api.close());

  beforeEach(() => {
    context.api.clear();
    context.storedKey = apiKey;
    context.missingKeys = [];
    context.listedModels = [];
    context.nextValues = new Map();
    const sessionServices = { ...clientServicesOver(nodeTransport), newId: () => crypto.randomUUID() };
    context.sessions = createSessions(sessionServices);
    context.session = context.sessions.shown;
    const service = {
      models: () => Promise.resolve({ models: context.listedModels, source: 'fresh' as const }),
    };
    const folder = vscode.Uri.file(scratchFolder());
    context.spending = createSpending(folder, stillClock, log);
    const placeholders = createChatPlaceholders();
    const services = {
      keys: apiKeyStore(() => context.storedKey),
      counter,
      models: createModelMetadataService(
        service,
        sessionServices.learnedCorrections,
        stillClock,
        log,
        () => undefined,
      ),
    };
    context.metadata = services;
    const prepareRequest = createRequestPreparation({
      ...services,
      ...unchangedRequests(),
      loadSecretReview: () => loadSecretReview(placeholders),
      spending: context.spending,
      onMissingKey: (origin) => void context.missingKeys.push(origin),
    });
    context.chatService = createChatService({
      ...services,
      prepareRequest,
      nextValues: context.nextValues,
      sessions: context.sessions,
      errors: errorDescriptions,
      log,
    });
    context.oneShot = { prepareRequest, sessionServices, placeholders, spending: context.spending, log };
    context.direct = { ...services, sessionServices, spending: context.spending, log };
    context.sendOneShotRequest = createOneShotRequests(context.oneShot);
  });

  async function untilAnswered(send: () => Promise<unknown>): Promise<Answer> {
    const { session } = context;
    const ended = nextEnd(session);
    await send();
    await ended;
    const answer = lastAnswer(session.conversation);
    assert.ok(answer);
    return answer;
  }

  return context;
}
