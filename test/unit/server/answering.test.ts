import assert from 'node:assert/strict';
import { question, serverUnderTest, textOf } from './client';
import type { Whole } from './client';

describe('The local API server, answering', () => {
  const api = serverUnderTest();

  it('streams role, content, finish, usage and cost, in this order', async () => {
    const chunks = await api.streamed({ ...question, stream_options: { include_usage: true } });
    const [first, second] = chunks;
    const [finish, usage, cost] = chunks.slice(-3);
    assert.deepEqual(first?.choices?.[0]?.delta, { role: 'assistant', content: '', refusal: null });
    assert.ok(second?.choices?.[0]?.delta.content);
    assert.deepEqual([finish?.choices?.[0]?.delta, finish?.choices?.[0]?.finish_reason], [{}, 'stop']);
    assert.deepEqual(usage?.choices, []);
    assert.ok(usage.usage);
    assert.equal(usage.usage.total_tokens, usage.usage.prompt_tokens + usage.usage.completion_tokens);
    assert.ok(cost?.meta && cost.meta.usage.usd_spent > 0 && cost.meta.usage.credits_used > 0);
  });

  it('leaves usage out of a stream that did not ask for it', async () => {
    assert.ok((await api.streamed(question)).every(({ usage }) => !usage));
  });

  it('sends the headers of a stream before it starts to think', async () => {
    await api.start({ pace: { thinkingMs: 3_600_000, deltaMs: 0 } });
    const response = await api.post({ ...question, stream: true });
    assert.equal(response.status, 201);
    assert.equal(response.headers.get('content-type'), 'text/event-stream');
  });

  it('says when the first words leave', async () => {
    const times: number[] = [];
    await api.start({ onFirstContent: (at) => times.push(at) });
    const before = performance.timeOrigin + performance.now();
    await api.streamed({ ...question, n: 2 });
    const [at = 0, ...others] = times;
    assert.deepEqual(others, []);
    assert.ok(at >= before && at <= performance.timeOrigin + performance.now());
  });

  it('gives one JSON completion without a stream, with its cost in the headers', async () => {
    const response = await api.post(question);
    assert.ok(Number(response.headers.get('x-aimlapi-usd-spent')) > 0);
    const { choices, usage } = (await response.json()) as Whole;
    assert.equal(choices[0]?.finish_reason, 'stop');
    assert.ok(choices[0].message.content);
    const reasoning = usage.completion_tokens_details.reasoning_tokens;
    assert.equal(usage.completion_tokens, reasoning + Math.ceil(choices[0].message.content.length / 4));
  });

  it('repeats itself for the same seed and messages, and not for another seed', async () => {
    const cuts = async (seed: number) =>
      JSON.stringify(
        (await api.streamed({ ...question, seed })).map(({ choices, system_fingerprint }) => [
          choices?.[0]?.delta,
          system_fingerprint,
        ]),
      );
    assert.equal(await cuts(7), await cuts(7));
    assert.notEqual(await cuts(7), await cuts(8));
  });

  it('lets several answers take turns, each whole', async () => {
    const chunks = await api.streamed({ ...question, n: 3, seed: 1 });
    const order = chunks.flatMap(({ choices }) => choices ?? []).filter(({ delta }) => delta.content);
    const turns = order.filter(({ index }, at) => index !== order[at - 1]?.index);
    assert.ok(turns.length > 6, 'the answers should interleave');
    for (const index of [0, 1, 2])
      assert.match(textOf(chunks, index), /local practice server[\s\S]*attach\.$/);
  });

  it('thinks as many tokens for the same question, between 128 and 1024', async () => {
    const thought = async (content: string) =>
      (await api.whole({ ...question, messages: [{ role: 'user', content }] })).usage
        .completion_tokens_details.reasoning_tokens;
    for (const content of ['a', 'b', 'c', 'd']) {
      const tokens = await thought(content);
      assert.ok(tokens >= 128 && tokens <= 1024 && tokens % 64 === 0);
      assert.equal(await thought(content), tokens);
    }
  });

  it('has nothing to say when the limit ends while it thinks', async () => {
    const { choices, usage } = await api.whole({ ...question, max_completion_tokens: 100 });
    assert.deepEqual([choices[0]?.finish_reason, choices[0]?.message.content], ['length', '']);
    assert.equal(usage.completion_tokens, 100);
    assert.equal(usage.completion_tokens_details.reasoning_tokens, 100);
  });

  it('stops in the middle of the text where the limit is, and goes on from there when asked', async () => {
    const messages = [{ role: 'user', content: 'Prove that sqrt(2) is irrational.' }];
    const full = await api.whole({ ...question, messages, seed: 3 });
    const limit = full.usage.completion_tokens_details.reasoning_tokens + 50;
    const cut = await api.whole({ ...question, messages, seed: 3, max_completion_tokens: limit });
    const start = cut.choices[0]?.message.content ?? '';
    assert.equal(cut.choices[0]?.finish_reason, 'length');
    assert.equal(start.length, 200);
    assert.equal(cut.usage.completion_tokens, limit);

    const rest = await api.ask(
      'Prove that sqrt(2) is irrational.',
      start,
      'Please continue where you stopped.',
    );
    assert.equal(start + rest, full.choices[0]?.message.content);
  });

  it('takes 512 tokens for the limit when none is given', async () => {
    const explicit = await api.whole({ ...question, seed: 5, max_completion_tokens: 512 });
    const silent = await api.whole({ ...question, seed: 5, max_completion_tokens: undefined });
    assert.deepEqual([silent.choices, silent.usage], [explicit.choices, explicit.usage]);
  });
});
