import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ModelInfo } from '../../src/core/models/model-parser';
import type { Question, Turn } from '../../src/core/chat/conversation';
import type { TokenCounter } from '../../src/core/tokens/count';
import { createContextUsage, type ContextUsage } from '../../src/host/chat/context-usage';
import { createModelMetadataService } from '../../src/host/models/model-metadata';
import type { ApiKeyStore } from '../../src/host/storage/api-key-store';
import { createSpending, type Spending } from '../../src/host/storage/spending';
import { createPackagedTokenCounter } from '../../src/host/models/token-counter';
import type { EstimateView } from '../../src/protocol/messages';
import { manualClock, type ManualClock } from '../support/wire';
import { listeningLog } from './listening-log';
import { turn } from './builders';
import { extensionUri, loadTokenizer } from './packaged';
import { withSettings } from './with-settings';

const noKeys: ApiKeyStore = {
  get: () => Promise.resolve(undefined),
  ask: () => Promise.resolve(undefined),
  delete: () => Promise.resolve(),
  onDidChange: new vscode.EventEmitter<unknown>().event,
};

describe('Beside the Send button', () => {
  const { log } = listeningLog();
  const packaged = createPackagedTokenCounter(extensionUri(), loadTokenizer, log);
  const draft = {
    chatId: 'c',
    history: [] as readonly Turn[],
    question: { text: '' } as Question,
  };
  const box = { draft: () => Promise.resolve(draft) };
  let clock: ManualClock;
  let posts: EstimateView[];
  let onPost: () => void;
  let listed: readonly ModelInfo[];
  let spending: Spending;

  beforeEach(() => {
    clock = manualClock();
    posts = [];
    listed = [];
    Object.assign(draft, { history: [], question: { text: 'Why?' } });
    const folder = vscode.Uri.file(mkdtempSync(join(tmpdir(), 'o1mini-meter-')));
    spending = createSpending(folder, clock, log);
  });

  function meterWith(counter: TokenCounter = packaged): ContextUsage {
    // The network, which tells what it is told to; what it said counts from the next time on.
    const service = { models: () => Promise.resolve({ models: listed, source: 'fresh' as const }) };
    const models = createModelMetadataService(service, clock, log, () => undefined);
    const post = (estimate: EstimateView): void => {
      posts.push(estimate);
      onPost();
    };
    return createContextUsage({ models, keys: noKeys, counter, spending, clock, box, post, log });
  }

  async function estimateOf(meter: ContextUsage): Promise<EstimateView> {
    const posted = new Promise<void>((resolve) => (onPost = resolve));
    meter.update();
    clock.advance(1000);
    await posted;
    const last = posts.at(-1);
    assert.ok(last);
    return last;
  }

  it('tokens and the most that they can cost stand, in short and in a sentence', async () => {
    const { model, text, explanation, level } = await estimateOf(meterWith());
    assert.equal(model, 'o1-mini');
    assert.match(text, /^\d+ tokens · at most \$0\.11$/);
    assert.match(explanation, /^\d+ prompt tokens: your question\. With 1 × up to 25,000 completion tokens/);
    assert.equal(level, 'fine');
  });

  it('nothing but the model stands as long as nothing is written', async () => {
    draft.question = { text: ' \n' };
    const { model, ...rest } = await estimateOf(meterWith());
    assert.deepEqual([model, rest], ['o1-mini', { text: '', explanation: '', level: 'fine' }]);
  });

  it('code and chat are counted, and named', async () => {
    const meter = meterWith();
    const count = async (): Promise<number> => parseInt((await estimateOf(meter)).text, 10);
    const bare = await count();
    const [language, content] = ['typescript', 'x '.repeat(50)];
    const attachments = [{ kind: 'selection', label: 'a.ts:1', language, content }] as const;
    draft.question = { text: 'Why?', attachments };
    const withCode = await count();
    draft.history = [turn('Who?', 'word '.repeat(50))];
    const whole = await count();
    assert.ok(bare + 50 < withCode && withCode + 50 < whole, `${bare}, ${withCode}, ${whole}`);
    assert.match(posts.at(-1)?.explanation ?? '', /your question, the attached code, the chat so far\./);
  });

  it('the words change when the typing pauses, and nothing is counted with every key', async () => {
    let counted = 0;
    const meter = meterWith({
      count: (text) => {
        counted++;
        return packaged.count(text);
      },
    });
    for (let key = 0; key < 50; key++) {
      meter.update();
      clock.advance(50);
    }
    await estimateOf(meter);
    assert.deepEqual([posts.length, counted], [1, 1]);
  });

  it('what was counted for an older text never comes after what is there for the newer one', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const begun = new Promise<void>((resolve) => {
      onPost = resolve;
    });
    const slow: TokenCounter = {
      count: async (text) => {
        if (text === 'old') {
          onPost();
          await held;
        }
        return text.length;
      },
    };
    const meter = meterWith(slow);
    draft.question = { text: 'old' };
    meter.update();
    clock.advance(1000);
    await begun;
    draft.question = { text: 'a much newer question' };
    const newer = await estimateOf(meter);
    release();
    await held;
    draft.question = { text: 'the newest question of them all' };
    const newest = await estimateOf(meter);
    assert.deepEqual(posts, [newer, newest]);
  });

  it('no price stands where none is known', async () => {
    await withSettings({ model: 'some-model' }, async () => {
      const { model, text, explanation, level } = await estimateOf(meterWith());
      assert.equal(model, 'some-model');
      assert.match(text, /^\d+ tokens$/);
      assert.match(explanation, /The price is not known\./);
      assert.equal(level, 'fine');
    });
  });

  it('the price of the settings stands where it is set', async () => {
    await withSettings({ model: 'some-model', 'price.input': 0, 'price.output': 40 }, async () => {
      assert.match((await estimateOf(meterWith())).text, / · at most \$1\.00$/);
    });
  });

  it('a question that the model has no room for is too much', async () => {
    listed = [{ id: 'o1-mini', aliases: [], context: 1000, price: { input: 1, output: 1 } }];
    draft.question = { text: 'word '.repeat(900) };
    const meter = meterWith();
    await estimateOf(meter);
    const { level, explanation } = await estimateOf(meter);
    assert.equal(level, 'too-much');
    assert.match(explanation, /exceeds the context window of 1,000 tokens/);
  });

  it('a question that may cost more than is left of the day is too much', async () => {
    await withSettings({ dailyBudget: 0.2 }, async () => {
      const meter = meterWith();
      assert.equal((await estimateOf(meter)).level, 'fine');
      await spending.add(0.15);
      const { level, explanation } = await estimateOf(meter);
      assert.equal(level, 'too-much');
      assert.match(explanation, /exceeds the remaining daily budget/);
    });
  });
});
