import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { shownChoice, type Answer } from '../../src/core/chat/answer';
import { lastAnswer } from '../../src/core/chat/conversation';
import { createSessions, type Sessions } from '../../src/core/chat/sessions';
import { createModelListService } from '../../src/core/models/model-list';
import { createChatService, type ChatService } from '../../src/host/chat/chat-service';
import { createModelMetadataService } from '../../src/host/models/model-metadata';
import { createModelSelection, type ModelSelection } from '../../src/host/models/model-selection';
import { createRetirementCheck } from '../../src/host/models/retirement-check';
import { createPackagedTokenCounter } from '../../src/host/models/packaged-token-counter';
import { createModelListCache } from '../../src/host/storage/model-list-cache';
import type { NextQuestionValues } from '../../src/host/chat/request-draft';
import { createRequestPreparation } from '../../src/host/chat/request-preparation';
import { createSpending } from '../../src/host/storage/spending';
import { createDiskFolder } from '../../src/platform/node/file-folder';
import { nodeTransport } from '../../src/platform/node/transport';
import { hosted } from '../server/profiles/hosted';
import { local } from '../server/profiles/local';
import type { Profile } from '../server/profiles/profile';
import { startServer, type ApiServer } from '../server/server';
import { scratchFolder } from '../support/scratch-folder';
import { clientServicesOver, stillClock } from '../support/wire';
import { apiKeyStore } from './api-key-store';
import { turn } from './builders';
import { withDialogs } from './dialogs';
import { extensionUri, loadTokenizer } from './installed-extension';
import { memoryMemento } from './memory-memento';
import { recordingLog } from './recording-log';
import { errorDescriptions } from './webview-sync-services';
import { unchangedRequests } from './unchanged-requests';
import { withPicker } from './with-picker';
import { withSettings } from './with-settings';

const profiles: Readonly<Record<string, Profile>> = { ...hosted, ...local };

interface ReachedAnswer {
  readonly answer: Answer;
  readonly clicks: number;
}

interface User {
  readonly sessions: Sessions;
  readonly chatService: ChatService;
  readonly modelSelection: ModelSelection;
}

describe('A user of o1-mini who only enters the address of another server', () => {
  const { log } = recordingLog();
  const counter = createPackagedTokenCounter(extensionUri(), loadTokenizer, log);

  function newUser(): User {
    const sessionServices = { ...clientServicesOver(nodeTransport), newId: () => crypto.randomUUID() };
    const sessions = createSessions(sessionServices);
    const cache = createModelListCache(createDiskFolder(scratchFolder()), log);
    const lists = createModelListService(nodeTransport, stillClock, cache);
    const models = createModelMetadataService(
      lists,
      sessionServices.learnedCorrections,
      stillClock,
      log,
      () => undefined,
    );
    const keys = apiKeyStore();
    const prepareRequest = createRequestPreparation({
      ...unchangedRequests(),
      checkModel: createRetirementCheck({ models, clock: stillClock, memento: memoryMemento(), log }),
      keys,
      counter,
      models,
      spending: createSpending(vscode.Uri.file(scratchFolder()), stillClock, log),
      onMissingKey: () => assert.fail('a loopback server needs no key'),
    });
    const errors = errorDescriptions;
    const nextValues: NextQuestionValues = new Map();
    const shared = { sessions, keys, counter, models, log };
    const chatService = createChatService({ ...shared, prepareRequest, errors, nextValues });
    const regenerate = (): Promise<void> => chatService.regenerate();
    return {
      sessions,
      chatService,
      modelSelection: createModelSelection({ sessions, models, keys, regenerate }),
    };
  }

  /** Asks a question, and presses the first button of each dialog and error until the question is answered. */
  async function reachAnswer(server: ApiServer, { dialect, earlierWords }: Profile): Promise<ReachedAnswer> {
    const { sessions, chatService, modelSelection } = newUser();
    if (earlierWords !== undefined)
      sessions.show({ id: 'earlier', turns: [turn('Before?', 'word '.repeat(earlierWords))] });
    const session = sessions.shown;
    let [clicks, ended] = [0, Promise.withResolvers<undefined>()];
    session.onChange((event) => {
      if (event?.type === 'ended') ended.resolve(undefined);
    });
    const press: Readonly<Record<string, () => Promise<unknown>>> = {
      selectModel: () => {
        clicks++;
        return withPicker(dialect.model, () => modelSelection.select());
      },
      useReplacement: () => modelSelection.useReplacement(),
      retryShorter: () => chatService.regenerate('withinContextLimit'),
    };
    const firstButton = ({ buttons }: { readonly buttons: readonly string[] }): string | undefined => {
      clicks++;
      return buttons[0];
    };
    await withDialogs(firstButton, async () => {
      await chatService.sendRequest({ text: 'Why?' });
      await ended.promise;
      for (let answer = lastAnswer(session.conversation); answer && clicks < 5;) {
        const { status } = answer;
        if (status.kind !== 'failed') break;
        await modelSelection.findReplacement();
        const { error } = lastAnswer(session.conversation)?.status as typeof status;
        const [button] = errorDescriptions.describe(error).buttons;
        assert.ok(button && press[button.action], `${JSON.stringify(error)}: ${button?.action}`);
        clicks++;
        ended = Promise.withResolvers();
        await press[button.action]?.();
        await ended.promise;
        answer = lastAnswer(session.conversation);
      }
    });
    const answer = lastAnswer(session.conversation);
    assert.ok(answer);
    assert.ok(server.requests.length > 0);
    return { answer, clicks };
  }

  async function reach(profile: Profile): Promise<ReachedAnswer> {
    const server = await startServer({ dialect: profile.dialect, pace: { thinkingMs: 0, deltaMs: 0 } });
    try {
      return await withSettings({ baseUrl: server.origin, model: undefined, ...profile.settings }, () =>
        reachAnswer(server, profile),
      );
    } finally {
      await server.close();
    }
  }

  for (const [name, profile] of Object.entries(profiles)) {
    it(`has an answer within two clicks: ${name}`, async () => {
      const { answer, clicks } = await reach(profile);
      assert.equal(answer.status.kind, 'done', JSON.stringify(answer.status));
      assert.notEqual(shownChoice(answer).text, '');
      assert.ok(clicks <= 2, `${clicks} clicks`);
      assert.equal(clicks, clicksInTable(name), 'the number in docs/servers.md');
    });
  }
});

/** The number of clicks of this profile in docs/servers.md. */
function clicksInTable(name: string): number {
  const lines = readFileSync(join(extensionUri().fsPath, 'docs/servers.md'), 'utf8').split('\n');
  const row = lines.findLast((line) => line.startsWith(`| ${name} `));
  return Number(row?.split('|').at(-2) ?? NaN);
}
