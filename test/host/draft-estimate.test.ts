import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createLearnedCorrections } from '../../src/core/api';
import type { ListedModel } from '../../src/core/models/model-parser';
import type { Question, Turn } from '../../src/core/chat/conversation';
import type { TokenCounter } from '../../src/core/tokens/token-counter';
import { createDraftEstimate, type DraftEstimate } from '../../src/host/chat/estimates/draft-estimate';
import { createModelMetadataService } from '../../src/host/models/model-metadata';
import { createSpending, type Spending } from '../../src/host/storage/spending';
import { createPackagedTokenCounter } from '../../src/host/models/packaged-token-counter';
import type { EstimateView } from '../../src/protocol/messages';
import { manualClock, type ManualClock } from '../support/wire';
import { scratchFolder } from '../support/scratch-folder';
import { recordingLog } from './recording-log';
import { apiKeyStore } from './api-key-store';
import { turn } from './builders';
import { extensionUri, loadTokenizer } from './installed-extension';
import { withSettings } from './with-settings';

describe('The estimate next to the Send button', () => {
  const { log } = recordingLog();
  const packagedCounter = createPackagedTokenCounter(extensionUri(), loadTokenizer, log);
  const draft = {
    chatId: 'c',
    history: [] as readonly Turn[],
    question: { text: '' } as Question,
  };
  const box = { draft: () => Promise.resolve(draft) };
  let clock: ManualClock;
  let posts: EstimateView[];
  let onPost: () => void;
  let listedModels: readonly ListedModel[];
  let spending: Spending;

  beforeEach(() => {
    clock = manualClock();
    posts = [];
    listedModels = [];
    Object.assign(draft, { history: [], question: { text: 'Why?' } });
    const folder = vscode.Uri.file(scratchFolder());
    spending = createSpending(folder, clock, log);
  });

  function createEstimate(counter: TokenCounter = packagedCounter): DraftEstimate {
    // Its models are requested with the first estimate, and take effect from the second one on.
    const service = { models: () => Promise.resolve({ models: listedModels, source: 'fresh' as const }) };
    const models = createModelMetadataService(
      service,
      createLearnedCorrections(),
      clock,
      log,
      () => undefined,
    );
    const post = (estimate: EstimateView): void => {
      posts.push(estimate);
      onPost();
    };
    return createDraftEstimate({
      models,
      keys: apiKeyStore(),
      counter,
      spending,
      clock,
      box,
      post,
      log,
    });
  }

  async function estimateOf(draftEstimate: DraftEstimate): Promise<EstimateView> {
    const posted = new Promise<void>((resolve) => (onPost = resolve));
    draftEstimate.update();
    clock.advance(1000);
    await posted;
    const last = posts.at(-1);
    assert.ok(last);
    return last;
  }

  it('shows the reasoning effort of the next question, and none if the model has none', async () => {
    const effortOf = async (): Promise<unknown> => (await estimateOf(createEstimate())).effort;
    assert.equal(await effortOf(), undefined);
    await withSettings({ model: 'o3' }, async () => {
      assert.equal(await effortOf(), 'default effort');
      Object.assign(draft, { reasoningEffort: 'high', question: { text: '' } });
      assert.equal(await effortOf(), 'high');
      Object.assign(draft, { question: { text: 'Why?', reasoningEffort: 'high' } });
      assert.equal(await effortOf(), 'high (next question)');
      Object.assign(draft, { reasoningEffort: undefined });
    });
  });

  it('shows the verbosity of the next question, and none if the model has none', async () => {
    const verbosityOf = async (): Promise<unknown> => (await estimateOf(createEstimate())).verbosity;
    assert.equal(await verbosityOf(), undefined);
    await withSettings({ model: 'next-model' }, async () => {
      assert.equal(await verbosityOf(), 'default');
      Object.assign(draft, { verbosity: 'low', question: { text: 'Why?', verbosity: 'low' } });
      assert.equal(await verbosityOf(), 'low (next question)');
      Object.assign(draft, { verbosity: undefined });
      listedModels = [{ id: 'next-model', aliases: [], verbosity: false }];
      const draftEstimate = createEstimate();
      await estimateOf(draftEstimate);
      assert.equal((await estimateOf(draftEstimate)).verbosity, undefined);
    });
  });

  it('shows the tokens and their greatest possible cost, in short and as a sentence', async () => {
    const { model, text, explanation, level } = await estimateOf(createEstimate());
    assert.equal(model, 'o1-mini');
    assert.match(text, /^\d+ tokens · at most \$0\.11$/);
    assert.match(explanation, /^\d+ prompt tokens: your question\. With 1 × up to 25,000 completion tokens/);
    assert.equal(level, 'fine');
  });

  it('shows only the model while the question is empty', async () => {
    draft.question = { text: ' \n' };
    const { model, ...rest } = await estimateOf(createEstimate());
    assert.deepEqual([model, rest], ['o1-mini', { text: '', explanation: '', level: 'fine' }]);
  });

  it('counts attached code and the chat so far, and names them', async () => {
    const draftEstimate = createEstimate();
    const count = async (): Promise<number> => parseInt((await estimateOf(draftEstimate)).text, 10);
    const withoutCode = await count();
    const [language, content] = ['typescript', 'x '.repeat(50)];
    const attachments = [{ kind: 'selection', label: 'a.ts:1', language, content }] as const;
    draft.question = { text: 'Why?', attachments };
    const withCode = await count();
    draft.history = [turn('Who?', 'word '.repeat(50))];
    const withHistory = await count();
    assert.ok(
      withoutCode + 50 < withCode && withCode + 50 < withHistory,
      `${withoutCode}, ${withCode}, ${withHistory}`,
    );
    assert.match(posts.at(-1)?.explanation ?? '', /your question, the attached code, the chat so far\./);
  });

  it('changes when the user pauses typing, and counts nothing per key press', async () => {
    let counted = 0;
    const draftEstimate = createEstimate({
      count: (text) => {
        counted++;
        return packagedCounter.count(text);
      },
    });
    for (let key = 0; key < 50; key++) {
      draftEstimate.update();
      clock.advance(50);
    }
    await estimateOf(draftEstimate);
    assert.deepEqual([posts.length, counted], [1, 1]);
  });

  it('never shows the result for an older text after a newer one', async () => {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const started = new Promise<void>((resolve) => {
      onPost = resolve;
    });
    const slow: TokenCounter = {
      count: async (text) => {
        if (text === 'old') {
          onPost();
          await released;
        }
        return text.length;
      },
    };
    const draftEstimate = createEstimate(slow);
    draft.question = { text: 'old' };
    draftEstimate.update();
    clock.advance(1000);
    await started;
    draft.question = { text: 'a much newer question' };
    const newer = await estimateOf(draftEstimate);
    release();
    await released;
    draft.question = { text: 'the newest question of all' };
    const newest = await estimateOf(draftEstimate);
    assert.deepEqual(posts, [newer, newest]);
  });

  it('shows no price if none is known', async () => {
    await withSettings({ model: 'some-model' }, async () => {
      const { model, text, explanation, level } = await estimateOf(createEstimate());
      assert.equal(model, 'some-model');
      assert.match(text, /^\d+ tokens · price not known$/);
      assert.match(explanation, /The price of this model is not known\./);
      assert.equal(level, 'fine');
    });
  });

  it('uses the price in the settings if it is set', async () => {
    await withSettings({ model: 'some-model', 'price.input': 0, 'price.output': 40 }, async () => {
      assert.match((await estimateOf(createEstimate())).text, / · at most \$1\.00$/);
    });
  });

  it('warns about a question that exceeds the context window', async () => {
    listedModels = [{ id: 'o1-mini', aliases: [], context: 1000, price: { input: 1, output: 1 } }];
    draft.question = { text: 'word '.repeat(900) };
    const draftEstimate = createEstimate();
    await estimateOf(draftEstimate);
    const { level, explanation } = await estimateOf(draftEstimate);
    assert.equal(level, 'too-much');
    assert.match(explanation, /exceeds the context window of 1,000 tokens/);
  });

  it('warns about a question that may exceed the rest of the daily budget', async () => {
    await withSettings({ dailyBudget: 0.2 }, async () => {
      const draftEstimate = createEstimate();
      assert.equal((await estimateOf(draftEstimate)).level, 'fine');
      await spending.add(0.15);
      const { level, explanation } = await estimateOf(draftEstimate);
      assert.equal(level, 'too-much');
      assert.match(explanation, /exceeds the remaining daily budget/);
    });
  });
});
