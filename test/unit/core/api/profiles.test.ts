import assert from 'node:assert/strict';
import type { ChatEvent } from '../../../../src/core/api';
import { nodeTransport } from '../../../../src/platform/node/transport';
import { createSession } from '../../../../src/core/chat/session';
import { shownChoice } from '../../../../src/core/chat/answer';
import { lastAnswer } from '../../../../src/core/chat/conversation';
import { reasoningText } from '../../../server/dialects/dialect';
import { hosted } from '../../../server/profiles/hosted';
import { local } from '../../../server/profiles/local';
import type { Profile } from '../../../server/profiles/profile';
import { serverWithReasoning, reasoningFormats } from '../../../server/profiles/reasoning-formats';
import { NO_DELAY, startServer } from '../../../server/server';
import { clientServicesOver, prepared, requestTo } from '../../../support/wire';

const profiles: Readonly<Record<string, Profile>> = { ...hosted, ...local };

/** The corrections that the client makes without the user after the model is selected. */
const expectedCorrections: Readonly<Record<keyof typeof hosted | keyof typeof local, readonly string[]>> = {
  'AI/ML API, successor named': ['max-tokens'],
  'OpenAI, no successor named': [],
  'OpenAI, effort refused': ['reasoningEffort minimal'],
  'OpenAI, Responses API only': ['responses-api', 'reasoningEffort low'],
  'Azure OpenAI': [],
  OpenRouter: ['reasoningEffort none'],
  Mistral: ['max-tokens', 'no-stream-options'],
  DeepSeek: ['reasoningEffort medium', 'max_completion_tokens ignored'],
  'Qwen cloud': ['stream'],
  vLLM: ['limit lowered'],
  SGLang: ['reasoningEffort xhigh'],
  Ollama: ['reasoningEffort medium', 'max_completion_tokens ignored'],
  'Ollama, a model without reasoning': ['no-reasoning-effort'],
  'LM Studio': [],
  'llama.cpp': [],
  'A server with Chat Completions only': ['chat-api'],
  'A server without reasoning effort': ['no-reasoning-effort'],
};

function correctionIn(event: ChatEvent): readonly string[] {
  switch (event.type) {
    case 'corrected':
      return [event.correction];
    case 'valueRejected':
      return [`${event.parameter} ${event.value}`];
    case 'limitLowered':
      return ['limit lowered'];
    case 'limitIgnored':
      return [`${event.parameter} ignored`];
    default:
      return [];
  }
}

/** The answer of a server, and the corrections that were necessary. */
async function ask({ dialect, settings }: Profile) {
  const server = await startServer({ dialect, pace: NO_DELAY });
  try {
    const session = createSession({ ...clientServicesOver(nodeTransport), newId: () => crypto.randomUUID() });
    const corrected: string[] = [];
    session.onChange((event) => corrected.push(...(event ? correctionIn(event) : [])));
    const parameters = { model: dialect.model, ...settings };
    await session.ask({ text: 'Why?' }, prepared(requestTo(server.origin, { parameters })));
    const answer = lastAnswer(session.conversation);
    assert.ok(answer);
    const [firstCount, corrections] = [server.requests.length, [...corrected]];
    await session.ask({ text: 'And now?' }, prepared(requestTo(server.origin, { parameters })));
    return { answer, corrections, nextRequestCount: server.requests.length - firstCount };
  } finally {
    await server.close();
  }
}

describe('A server that users of o1-mini may switch to', () => {
  for (const [name, profile] of Object.entries(profiles)) {
    const expected = expectedCorrections[name as keyof typeof expectedCorrections];
    it(`answers after ${expected.join(', ') || 'no correction'}, and the next time without one: ${name}`, async () => {
      const { answer, corrections, nextRequestCount } = await ask(profile);
      assert.deepEqual(answer.status, { kind: 'done' });
      assert.notEqual(shownChoice(answer).text, '');
      assert.deepEqual(corrections, expected);
      // The host lowers the limit in advance once the model list is known.
      assert.equal(nextRequestCount, expected.includes('limit lowered') ? 2 : 1);
    });
  }

  for (const [name, format] of Object.entries(reasoningFormats)) {
    it(`has its reasoning separated from the answer, streamed or not: ${name}`, async () => {
      for (const stream of [true, false]) {
        const { answer } = await ask({ dialect: serverWithReasoning(format), settings: { stream } });
        const { text, reasoning } = shownChoice(answer);
        assert.equal(reasoning, reasoningText, `stream: ${stream}`);
        assert.match(text, /^(?:This is|You have reached) the \*\*local practice server\*\*/);
      }
    });
  }
});
