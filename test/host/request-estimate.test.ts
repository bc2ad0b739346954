import assert from 'node:assert/strict';
import { estimateRequest, type EstimateInput } from '../../src/host/chat/estimates/request-estimate';
import { createPackagedTokenCounter } from '../../src/host/models/packaged-token-counter';
import { recordingLog } from './recording-log';
import { asked, chatAfter, complete, sent, text, turn, used } from './builders';
import { extensionUri, loadTokenizer } from './installed-extension';

const questionText = 'Why does this loop run for ever, and what is the least that I could change?';
const code = 'while (true) {\n  tick();\n}\n'.repeat(10);
const attachments = [
  { kind: 'selection', label: 'src/loop.ts:1-30', language: 'typescript', content: code },
] as const;

const baseInput: EstimateInput = {
  history: [],
  question: { text: questionText },
  instructions: '',
  model: 'o1-mini',
  limit: 1000,
  n: 1,
  metadata: {},
};

describe('The estimate of a request', () => {
  const counter = createPackagedTokenCounter(extensionUri(), loadTokenizer, recordingLog().log);
  const tokensOf = async (changes: Partial<EstimateInput>): Promise<number> =>
    (await estimateRequest({ ...baseInput, ...changes }, counter)).promptTokens;

  it('counts the question with a small overhead for the message format', async () => {
    const [tokens, textTokens] = [await tokensOf({}), await counter.count(questionText)];
    assert.ok(tokens > textTokens && tokens <= textTokens + 10, `${tokens} for ${textTokens}`);
  });

  it('includes the instructions', async () => {
    const instructions = 'Answer in verse, and never in more than two lines.';
    const added = (await tokensOf({ instructions })) - (await tokensOf({}));
    assert.equal(added, await counter.count(instructions));
  });

  it('includes the attached code and the line that names it', async () => {
    const added = (await tokensOf({ question: { text: questionText, attachments } })) - (await tokensOf({}));
    const minimum = await counter.count(code);
    assert.ok(added > minimum && added <= minimum + 20, `${added} for ${minimum}`);
  });

  it('includes each earlier question with its answer, and the turn that is continued', async () => {
    const old = turn('What is a monad?', 'A monoid in the category of endofunctors. '.repeat(20));
    const { question, answers } = old;
    const minimum =
      (await counter.count(question.text)) + (await counter.count(answers[0].choices[0]?.text ?? ''));
    for (const changes of [{ history: [old] }, { requiredTurns: [old] }]) {
      const added = (await tokensOf(changes)) - (await tokensOf({}));
      assert.ok(added > minimum && added <= minimum + 20, `${added} for ${minimum}`);
    }
  });

  it('includes encrypted reasoning that is sent back, as the service counted it, for its own model only', async () => {
    const items = [{ type: 'reasoning', encrypted_content: 'gAAAAA' }] as const;
    const history = chatAfter([
      asked('Why?'),
      sent(),
      text('So.'),
      used({ promptTokens: 9, completionTokens: 400, reasoningTokens: 350 }),
      { type: 'reasoningItems', index: 0, source: 'https://api.example/v1/responses o1-mini', items },
      complete,
    ]).turns;
    const other = await tokensOf({ history, model: 'another-model' });
    assert.equal((await tokensOf({ history })) - other, 350);
  });

  it('excludes unanswered questions, because they are not sent', async () => {
    const history = chatAfter([asked('Hello? '.repeat(50))]).turns;
    assert.equal(await tokensOf({ history }), await tokensOf({}));
  });

  it('costs at most the prompt and every answer up to its limit', async () => {
    const metadata = { price: { input: 2, output: 8 } };
    const { promptTokens, maxCostUsd } = await estimateRequest({ ...baseInput, n: 3, metadata }, counter);
    assert.equal(maxCostUsd?.toFixed(9), ((3 * (promptTokens * 2 + 1000 * 8)) / 1e6).toFixed(9));
  });

  it('has neither price nor fit if price and context window are unknown', async () => {
    assert.deepEqual(Object.keys(await estimateRequest(baseInput, counter)), ['promptTokens', 'answerLimit']);
  });

  it('says what must be omitted for lack of space, oldest first', async () => {
    const history = ['one', 'two', 'three'].map((name) => turn(name, 'word '.repeat(300)));
    const { fit } = await estimateRequest({ ...baseInput, history, metadata: { context: 1700 } }, counter);
    assert.ok(fit?.fits);
    assert.deepEqual([fit.droppedTurns, fit.droppedAttachments], [1, false]);
  });

  it('never omits the answer that is continued or the instructions', async () => {
    const requiredTurns = [turn('one', 'word '.repeat(3000))];
    const metadata = { context: 2000 };
    assert.equal(
      (await estimateRequest({ ...baseInput, requiredTurns, metadata }, counter)).fit?.fits,
      false,
    );
    const instructions = 'word '.repeat(3000);
    assert.equal((await estimateRequest({ ...baseInput, instructions, metadata }, counter)).fit?.fits, false);
  });
});
