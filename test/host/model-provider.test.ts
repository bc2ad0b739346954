import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { startServer, type ApiServer } from '../server/server';
import { openAi } from '../server/dialects/vendors';
import { installedExtension } from './installed-extension';
import { withSettings } from './with-settings';

interface SentBody {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: unknown }[];
  readonly [name: string]: unknown;
}

const chunk = (delta: object, reason: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: reason }] })}\n\n`;

const question = [vscode.LanguageModelChatMessage.User('Why?')];

const find: vscode.LanguageModelChatTool = {
  name: 'find',
  description: 'Finds a file',
  inputSchema: { type: 'object' },
};

/** The models as another extension finds them, which VS Code gets from the installed extension. */
describe('A model in VS Code', () => {
  let api: ApiServer;

  before(async () => {
    api = await startServer({ pace: { thinkingMs: 0, deltaMs: 0 } });
    await installedExtension().activate();
  });
  after(() => api.close());
  beforeEach(() => api.clear());

  const bodies = (): readonly SentBody[] => api.requests.map(({ body }) => body as SentBody);

  function withModel(
    values: object,
    check: (model: vscode.LanguageModelChat) => Promise<void>,
  ): Promise<void> {
    return withSettings({ baseUrl: api.origin, ...values }, async () => {
      const { model = 'o1-mini' } = values as { model?: string };
      const [found] = await vscode.lm.selectChatModels({ vendor: 'aimlapi', id: model });
      assert.ok(found, model);
      await check(found);
    });
  }

  async function textOf({ text }: vscode.LanguageModelChatResponse): Promise<string> {
    let whole = '';
    for await (const part of text) whole += part;
    return whole;
  }

  async function errorOf(
    request: Thenable<vscode.LanguageModelChatResponse>,
  ): Promise<vscode.LanguageModelError> {
    try {
      await textOf(await request);
    } catch (error) {
      assert.ok(error instanceof vscode.LanguageModelError, String(error));
      return error;
    }
    assert.fail('there was an answer');
  }

  it('is listed with its limits', () =>
    withModel({ maxCompletionTokens: 1000 }, (model) => {
      assert.deepEqual([model.vendor, model.family, model.maxInputTokens], ['aimlapi', 'o1-mini', 127_000]);
      return Promise.resolve();
    }));

  it('is the one in the settings also if they have just changed', () =>
    withModel({ model: 'another-model' }, ({ id }) => {
      assert.equal(id, 'another-model');
      return Promise.resolve();
    }));

  it('answers as a stream, while the answer arrives', async () => {
    let resume = (): void => undefined;
    const until = new Promise<void>((resolve) => (resume = resolve));
    api.script({ kind: 'answer', text: '', deltas: ['One ', 'two ', 'three ', 'four.'], until });
    await withModel({}, async (model) => {
      const { text } = await model.sendRequest(question);
      let whole = '';
      for await (const part of text) {
        whole += part;
        assert.doesNotMatch(whole === 'One two ' ? '' : whole, /four(?![^]*\.$)/);
        resume();
      }
      assert.equal(whole, 'One two three four.');
      assert.deepEqual(bodies()[0]?.messages, [{ role: 'user', content: 'Why?' }]);
    });
  });

  it('gets the system text in the first question if it has no system role', async () => {
    // The role of VS Code's own system messages, which the stable API does not name.
    const system = Object.assign(vscode.LanguageModelChatMessage.User('Be brief.'), { role: 3 });
    const messages = [system, vscode.LanguageModelChatMessage.Assistant('Hello!'), ...question];
    await withModel({}, async (model) => {
      await textOf(await model.sendRequest(messages));
      assert.deepEqual(bodies()[0]?.messages, [
        { role: 'assistant', content: 'Hello!' },
        { role: 'user', content: 'Be brief.\n\nWhy?' },
      ]);
    });
  });

  it('gets none of the instructions and alternatives that the settings have for the chat', () =>
    withModel({ instructions: 'Rhyme.', n: 3 }, async (model) => {
      await textOf(await model.sendRequest(question));
      assert.equal(bodies().length, 1);
      assert.doesNotMatch(JSON.stringify(bodies()), /Rhyme|"n":/);
    }));

  it('reasons as much as the request says, and as the settings say otherwise', () =>
    withModel({ model: 'o4-mini', reasoningEffort: 'high' }, async (model) => {
      await textOf(await model.sendRequest(question));
      const modelOptions = { reasoningEffort: 'low', maxCompletionTokens: 4321 };
      await textOf(await model.sendRequest(question, { modelOptions }));
      assert.deepEqual(
        bodies().map((body) => [body['reasoning_effort'], body['max_completion_tokens']]),
        [
          ['high', 25_000],
          ['low', 4321],
        ],
      );
    }));

  it('ends its request when the caller cancels it in the thinking', async () => {
    api.script({ kind: 'answer', text: 'Late', thinkingMs: 600_000 });
    await withModel({}, async (model) => {
      const source = new vscode.CancellationTokenSource();
      const response = Promise.resolve(model.sendRequest(question, {}, source.token)).then(textOf);
      response.catch(() => undefined);
      while (api.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
      source.cancel();
      assert.equal(await api.requests[0]?.ended, 'closedEarly');
    });
  });

  it('counts tokens with its own tokenizer', () =>
    withModel({}, async (model) => {
      assert.equal(await model.countTokens('tokenization tokenization'), 4);
      assert.ok((await model.countTokens(question[0] ?? '')) > 2);
      assert.equal(api.requests.length, 0);
    }));

  describe('with an error', () => {
    const refusals = [
      { status: 401, code: 'NoPermissions', words: /API key/ },
      { status: 404, code: 'NotFound', words: /model/i },
      { status: 429, code: 'Blocked', words: /Rate limit reached/ },
    ];
    for (const { status, code, words } of refusals) {
      it(`says so with the code ${code} for the status ${status}`, () =>
        withModel({ maxRetries: 0 }, async (model) => {
          const error = { message: 'The model `o1-mini` does not exist', code: 'model_not_found' };
          const body = JSON.stringify(status === 404 ? { error } : { error: { message: 'no' } });
          api.script({ kind: 'status', status, body });
          const thrown = await errorOf(model.sendRequest(question));
          assert.equal(thrown.code, code);
          assert.match(thrown.message, words);
        }));
    }

    it('explains it without a link that works', () =>
      withModel({}, async (model) => {
        const failure = `data: ${JSON.stringify({ error: { message: '[x](command:o1mini.deleteApiKey)' } })}\n\n`;
        api.script({ kind: 'stream', chunks: [chunk({ content: 'One' }), failure], end: 'close' });
        const { message } = await errorOf(model.sendRequest(question));
        assert.match(message, /interrupted the answer/);
        assert.doesNotMatch(message, /\]\(command/);
      }));

    it('says that the content filter of the service has left nothing of the answer', () =>
      withModel({}, async (model) => {
        api.script({
          kind: 'stream',
          chunks: [chunk({ content: '' }, 'content_filter'), 'data: [DONE]\n\n'],
          end: 'close',
        });
        const { code, message } = await errorOf(model.sendRequest(question));
        assert.equal(code, 'Blocked');
        assert.equal(message, 'The content filter of the service blocked the answer.');
      }));

    it('says that reasoning has used up the limit', () =>
      withModel({}, async (model) => {
        api.script({
          kind: 'stream',
          chunks: [chunk({ content: '' }, 'length'), 'data: [DONE]\n\n'],
          end: 'close',
        });
        assert.match((await errorOf(model.sendRequest(question))).message, /all 25,000 tokens for reasoning/);
      }));
  });

  describe('with tools', () => {
    let server: ApiServer;
    before(async () => {
      const dialect = {
        ...openAi,
        model: 'tool-model',
        rejectedParameters: new Set<string>(),
        reject: openAi.reject.bind(openAi),
      };
      server = await startServer({ dialect, pace: { thinkingMs: 0, deltaMs: 0 } });
    });
    after(() => server.close());

    it('passes them on, and its calls and their results', async () => {
      await withModel({ model: 'tool-model', baseUrl: server.origin }, async (model) => {
        const call = { index: 0, id: 'a', function: { name: 'find', arguments: '{"of":"it"}' } };
        server.script({
          kind: 'stream',
          chunks: [chunk({ tool_calls: [call] }), chunk({}, 'tool_calls'), 'data: [DONE]\n\n'],
          end: 'close',
        });
        const toolMode = vscode.LanguageModelChatToolMode.Required;
        const { stream } = await model.sendRequest(question, { tools: [find], toolMode });
        const parts: unknown[] = [];
        for await (const part of stream) parts.push(part);
        const [part] = parts;
        assert.ok(part instanceof vscode.LanguageModelToolCallPart);
        assert.deepEqual([part.callId, part.name, part.input], ['a', 'find', { of: 'it' }]);

        server.script({
          kind: 'stream',
          chunks: [chunk({ content: 'Found.' }, 'stop'), 'data: [DONE]\n\n'],
          end: 'close',
        });
        const result = new vscode.LanguageModelToolResultPart('a', [
          new vscode.LanguageModelTextPart('a.ts'),
        ]);
        const messages = [
          ...question,
          vscode.LanguageModelChatMessage.Assistant([part]),
          vscode.LanguageModelChatMessage.User([result]),
        ];
        assert.equal(await textOf(await model.sendRequest(messages, { tools: [find] })), 'Found.');
        const [first, second] = server.requests.map(({ body }) => body as SentBody);
        assert.deepEqual(first?.['tools'], [
          {
            type: 'function',
            function: { name: 'find', description: 'Finds a file', parameters: { type: 'object' } },
          },
        ]);
        assert.deepEqual([first['tool_choice'], second?.['tool_choice']], ['required', undefined]);
        assert.deepEqual(second?.messages.slice(1), [
          {
            role: 'assistant',
            content: null,
            tool_calls: [{ id: 'a', type: 'function', function: { name: 'find', arguments: '{"of":"it"}' } }],
          },
          { role: 'tool', tool_call_id: 'a', content: 'a.ts' },
        ]);
      });
    });

    it('says so instead if it is known to have none, and sends nothing', () =>
      withModel({}, async (model) => {
        const { message } = await errorOf(model.sendRequest(question, { tools: [find] }));
        assert.equal(message, 'o1-mini does not support tools. Select another model.');
        assert.equal(api.requests.length, 0);
      }));
  });
});
