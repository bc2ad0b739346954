import assert from 'node:assert/strict';
import { question, serverUnderTest, textOf } from './client';
import type { Completion } from './client';

describe('The answers of the local API server', () => {
  const api = serverUnderTest();

  it('are streamed as role, content, finish reason, usage and cost, in this order', async () => {
    const chunks = await api.stream({ ...question, stream_options: { include_usage: true } });
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

  it('contain no usage if the stream was requested without it', async () => {
    assert.ok((await api.stream(question)).every(({ usage }) => !usage));
  });

  it('begin with the headers, which are sent before the thinking time', async () => {
    await api.start({ pace: { thinkingMs: 3_600_000, deltaMs: 0 } });
    const response = await api.post({ ...question, stream: true });
    assert.equal(response.status, 201);
    assert.equal(response.headers.get('content-type'), 'text/event-stream');
  });

  it('are reported when their first content is sent', async () => {
    const times: number[] = [];
    await api.start({ onFirstContent: (at) => times.push(at) });
    const before = performance.timeOrigin + performance.now();
    await api.stream({ ...question, n: 2 });
    const [at = 0, ...others] = times;
    assert.deepEqual(others, []);
    assert.ok(at >= before && at <= performance.timeOrigin + performance.now());
  });

  it('are one JSON completion without a stream, with the cost in the headers', async () => {
    const response = await api.post(question);
    assert.ok(Number(response.headers.get('x-aimlapi-usd-spent')) > 0);
    const { choices, usage } = (await response.json()) as Completion;
    assert.equal(choices[0]?.finish_reason, 'stop');
    assert.ok(choices[0].message.content);
    const reasoning = usage.completion_tokens_details.reasoning_tokens;
    assert.equal(usage.completion_tokens, reasoning + Math.ceil(choices[0].message.content.length / 4));
  });

  it('are repeated for the same seed and messages, but not for another seed', async () => {
    const deltas = async (seed: number) =>
      JSON.stringify(
        (await api.stream({ ...question, seed })).map(({ choices, system_fingerprint }) => [
          choices?.[0]?.delta,
          system_fingerprint,
        ]),
      );
    assert.equal(await deltas(7), await deltas(7));
    assert.notEqual(await deltas(7), await deltas(8));
  });

  it('are interleaved and complete if several are requested', async () => {
    const chunks = await api.stream({ ...question, n: 3, seed: 1 });
    const contentChoices = chunks
      .flatMap(({ choices }) => choices ?? [])
      .filter(({ delta }) => delta.content);
    const switches = contentChoices.filter(({ index }, at) => index !== contentChoices[at - 1]?.index);
    assert.ok(switches.length > 6, 'the answers should be interleaved');
    for (const index of [0, 1, 2])
      assert.match(textOf(chunks, index), /local practice server[\s\S]*attach\.$/);
  });

  it('use the same number of reasoning tokens for the same question, between 128 and 1024', async () => {
    const reasoningTokens = async (content: string) =>
      (await api.complete({ ...question, messages: [{ role: 'user', content }] })).usage
        .completion_tokens_details.reasoning_tokens;
    for (const content of ['a', 'b', 'c', 'd']) {
      const tokens = await reasoningTokens(content);
      assert.ok(tokens >= 128 && tokens <= 1024 && tokens % 64 === 0);
      assert.equal(await reasoningTokens(content), tokens);
    }
  });

  it('are empty if the token limit is reached while thinking', async () => {
    const { choices, usage } = await api.complete({ ...question, max_completion_tokens: 100 });
    assert.deepEqual([choices[0]?.finish_reason, choices[0]?.message.content], ['length', '']);
    assert.equal(usage.completion_tokens, 100);
    assert.equal(usage.completion_tokens_details.reasoning_tokens, 100);
  });

  it('stop at the token limit and can be continued from there', async () => {
    const messages = [{ role: 'user', content: 'Prove that sqrt(2) is irrational.' }];
    const full = await api.complete({ ...question, messages, seed: 3 });
    const limit = full.usage.completion_tokens_details.reasoning_tokens + 50;
    const cut = await api.complete({ ...question, messages, seed: 3, max_completion_tokens: limit });
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

  it('are limited to 512 tokens by default', async () => {
    const explicit = await api.complete({ ...question, seed: 5, max_completion_tokens: 512 });
    const implicit = await api.complete({ ...question, seed: 5, max_completion_tokens: undefined });
    assert.deepEqual([implicit.choices, implicit.usage], [explicit.choices, explicit.usage]);
  });
});
