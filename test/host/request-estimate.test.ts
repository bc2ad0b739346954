import assert from 'node:assert/strict';
import { estimateRequest, type EstimateInput } from '../../src/host/chat/request-estimate';
import { createPackagedTokenCounter } from '../../src/host/models/token-counter';
import { listeningLog } from './listening-log';
import { asked, chatAfter, turn } from './builders';
import { extensionUri, loadTokenizer } from './packaged';

const words = 'Why does this loop run for ever, and what is the least that I could change?';
const code = 'while (true) {\n  tick();\n}\n'.repeat(10);
const attachments = [
  { kind: 'selection', label: 'src/loop.ts:1-30', language: 'typescript', content: code },
] as const;

const plain: EstimateInput = {
  history: [],
  question: { text: words },
  instructions: '',
  model: 'o1-mini',
  limit: 1000,
  n: 1,
  metadata: {},
};

describe('What a question would take', () => {
  const counter = createPackagedTokenCounter(extensionUri(), loadTokenizer, listeningLog().log);
  const tokensOf = async (changes: Partial<EstimateInput>): Promise<number> =>
    (await estimateRequest({ ...plain, ...changes }, counter)).promptTokens;

  it('is a little more than its words, for the form of a message', async () => {
    const [tokens, bare] = [await tokensOf({}), await counter.count(words)];
    assert.ok(tokens > bare && tokens <= bare + 10, `${tokens} for ${bare}`);
  });

  it('has the standing instructions in it', async () => {
    const instructions = 'Answer in verse, and never in more than two lines.';
    const more = (await tokensOf({ instructions })) - (await tokensOf({}));
    assert.equal(more, await counter.count(instructions));
  });

  it('has the attached code in it, and the line that names it', async () => {
    const more = (await tokensOf({ question: { text: words, attachments } })) - (await tokensOf({}));
    const least = await counter.count(code);
    assert.ok(more > least && more <= least + 20, `${more} for ${least}`);
  });

  it('has each earlier question and its answer in it, and the one that is continued', async () => {
    const old = turn('What is a monad?', 'A monoid in the category of endofunctors. '.repeat(20));
    const { question, answers } = old;
    const least =
      (await counter.count(question.text)) + (await counter.count(answers[0].choices[0]?.text ?? ''));
    for (const changes of [{ history: [old] }, { pinned: old }]) {
      const more = (await tokensOf(changes)) - (await tokensOf({}));
      assert.ok(more > least && more <= least + 20, `${more} for ${least}`);
    }
  });

  it('has no question in it that was never answered, as none is sent', async () => {
    const history = chatAfter([asked('Hello? '.repeat(50))]).turns;
    assert.equal(await tokensOf({ history }), await tokensOf({}));
  });

  it('costs at most the prompt and every answer up to its limit', async () => {
    const metadata = { price: { input: 2, output: 8 } };
    const { promptTokens, greatestCost } = await estimateRequest({ ...plain, n: 3, metadata }, counter);
    assert.equal(greatestCost?.toFixed(9), ((3 * (promptTokens * 2 + 1000 * 8)) / 1e6).toFixed(9));
  });

  it('has no price where none is known, and no fit where the window is not', async () => {
    assert.deepEqual(Object.keys(await estimateRequest(plain, counter)), ['promptTokens']);
  });

  it('says what has to be left out for want of room, oldest first', async () => {
    const history = ['one', 'two', 'three'].map((name) => turn(name, 'word '.repeat(300)));
    const { fit } = await estimateRequest({ ...plain, history, metadata: { context: 1700 } }, counter);
    assert.ok(fit?.fits);
    assert.deepEqual([fit.droppedTurns, fit.droppedContext], [1, false]);
  });

  it('never leaves out the answer that is to be continued, or the instructions', async () => {
    const pinned = turn('one', 'word '.repeat(3000));
    const metadata = { context: 2000 };
    assert.equal((await estimateRequest({ ...plain, pinned, metadata }, counter)).fit?.fits, false);
    const instructions = 'word '.repeat(3000);
    assert.equal((await estimateRequest({ ...plain, instructions, metadata }, counter)).fit?.fits, false);
  });
});
