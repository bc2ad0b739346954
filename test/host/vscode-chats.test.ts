import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Conversation } from '../../src/core/chat/conversation';
import { chatOfBytes, ImportError } from '../../src/host/history/import';
import {
  requestWith,
  encode,
  importChat,
  sessionLog,
  newId,
  importTurn,
  contentOf,
  session,
  uri,
} from './vscode-chat-files';

describe('A chat of VS Code', () => {
  describe('of any version', () => {
    const files: Readonly<Record<string, object>> = {
      'early 2023, with plain texts': {
        providerId: 'copilot',
        requesterUsername: 'me',
        responderUsername: 'GitHub Copilot',
        welcomeMessage: ['Hello'],
        requests: [{ providerRequestId: '1', message: 'Why?', response: 'So.', isCanceled: false }],
        providerState: {},
      },
      'mid 2023, with a list of texts': {
        requesterUsername: 'me',
        responderUsername: 'GitHub Copilot',
        requests: [{ message: 'Why?', response: ['S', { value: 'o.', isTrusted: false }], followups: [] }],
      },
      'mid 2023, with a follow-up as the question': {
        requesterUsername: 'me',
        responderUsername: 'GitHub Copilot',
        requests: [
          { message: { kind: 'reply', message: 'Why?', title: 'Ask why' }, response: { value: 'So.' } },
        ],
      },
      'late 2023, with a parsed question': {
        requesterUsername: 'me',
        responderUsername: 'GitHub Copilot',
        requests: [
          {
            message: { text: 'Why?', parts: [{ kind: 'text', text: 'Why?', range: {} }] },
            response: [{ value: 'So.' }],
            variableData: { variables: [] },
          },
        ],
      },
      '2024, version 2': {
        version: 2,
        sessionId: 's',
        creationDate: 1,
        isImported: false,
        lastMessageDate: 2,
        computedTitle: 'Why?',
        requesterUsername: 'me',
        responderUsername: 'GitHub Copilot',
        requests: [
          {
            message: { text: 'Why?', parts: [] },
            response: [{ kind: 'markdownContent', content: { value: 'So.' } }],
            isHidden: false,
            agent: { id: 'github.copilot.default' },
          },
        ],
      },
      '2025, version 3': session(
        requestWith([{ value: 'So.', supportThemeIcons: false }], { isCanceled: false }),
      ),
      '2026, with a state': session(
        requestWith([{ value: 'So.' }], { modelState: { value: 1, completedAt: 5 } }),
      ),
    };
    for (const [name, file] of Object.entries(files)) {
      it(`is imported: ${name}`, async () => {
        const { turns } = await importChat(file);
        assert.equal(turns.length, 1);
        assert.deepEqual(contentOf(turns[0]), {
          question: 'Why?',
          answer: 'So.',
          reasoning: '',
          end: 'done',
        });
      });
    }

    it('is imported although a field is wrong that its text does not need', async () => {
      const fields = { modelState: 2, timestamp: 'x', variableData: { variables: 'x' }, result: [] };
      assert.equal((await importTurn(requestWith(['So.'], { ...fields, isCanceled: 0 }))).answer, 'So.');
      const head = { customTitle: 5, computedTitle: {}, creationDate: '2024-01-01' };
      assert.equal((await importChat({ ...session(requestWith(['So.'])), ...head })).turns.length, 1);
      assert.match((await importTurn(requestWith({}))).answer, /^\*Not imported: other content: 1\.\*$/);
    });

    it('is imported from UTF-16', async () => {
      const text = `\ufeff${JSON.stringify(session(requestWith(['Sö.'])))}`;
      const bytes = Buffer.from(text, 'utf16le');
      for (const file of [Buffer.from(bytes), Buffer.from(bytes).swap16()])
        assert.equal(contentOf((await chatOfBytes(file, newId)).turns[0]).answer, 'Sö.');
    });

    it('keeps its title, in one line', async () => {
      const titled = { ...session(requestWith(['So.'])), customTitle: `My\nchat ${'x'.repeat(500)}` };
      assert.match((await importChat(titled)).title ?? '', /^My chat x+…$/);
      assert.equal((await importChat({ ...session(requestWith([])), computedTitle: 'Old' })).title, 'Old');
      const escaped = 'Fix &lt;b&gt; &amp; &#39;x&#x27; &amp;lt; &bogus; &#55296;&#1114112;';
      assert.equal(
        (await importChat({ ...session(requestWith([])), customTitle: escaped })).title,
        "Fix <b> & 'x' &lt; &bogus; \ufffd&#1114112;",
      );
    });

    it('contains neither undone nor hidden requests', async () => {
      const removed = [
        { shouldBeRemovedOnSend: { requestId: 'x' } },
        { isHidden: true },
        { hiddenFromTranscript: true },
      ];
      const chat = await importChat(
        session(...removed.map((field) => requestWith(['No'], field)), requestWith(['Yes'])),
      );
      assert.deepEqual(
        chat.turns.map((turn) => contentOf(turn).answer),
        ['Yes'],
      );
    });
  });

  describe('ends as it did in VS Code:', () => {
    const failed = { result: { errorDetails: { message: 'Quota exceeded' } } };
    const endedWith = (errorDetails: object): object => ({ result: { errorDetails } });
    const ends: readonly (readonly [string, object, string])[] = [
      ['was cancelled, before there were states', { isCanceled: true }, 'stopped'],
      ['was cancelled, according to its state', { modelState: { value: 2, completedAt: 1 } }, 'stopped'],
      ['was cancelled, with an error', { modelState: { value: 2 }, ...failed }, 'stopped'],
      ['was complete', { modelState: { value: 1 } }, 'done'],
      ['failed without a message', { modelState: { value: 3 } }, 'incomplete'],
      ['was cancelled, according to its result', endedWith({ message: 'No', code: 'canceled' }), 'stopped'],
      ['failed with the message of a result', failed, 'incomplete'],
      ['failed with a result without a message', endedWith({ responseIsFiltered: true }), 'incomplete'],
      [
        'failed with a message in the format of 2023',
        { responseErrorDetails: { message: 'No' } },
        'incomplete',
      ],
      ['was still pending', { modelState: { value: 0 } }, 'incomplete'],
      ['was waiting for the user', { modelState: { value: 4 } }, 'incomplete'],
      ['has an unknown state', { modelState: { value: 17 } }, 'done'],
    ];
    for (const [what, fields, end] of ends) {
      it(`${end} if it ${what}`, async () => {
        assert.equal((await importTurn(requestWith(['So far'], fields))).end, end);
      });
    }

    it('with a reason, also if its error has no message', async () => {
      const chat = await importChat(session(requestWith(['So far'], endedWith({ message: '' }))));
      assert.match(JSON.stringify(chat), /The request failed in VS Code\./);
    });

    it('stopped if there is no answer at all', async () => {
      assert.equal((await importTurn(requestWith(undefined))).end, 'stopped');
      assert.equal((await importTurn(requestWith(null))).end, 'stopped');
    });
  });

  describe('is imported without hidden context,', () => {
    const secret = 'Workspace structure: '.repeat(100);
    const variables = [
      {
        kind: 'promptText',
        id: 'vscode.prompt.instructions.text',
        name: 'prompt:custom',
        value: secret,
        automaticallyAdded: true,
      },
      { kind: 'workspace', id: 'w', name: 'workspace', value: secret },
      { kind: 'generic', id: 'g', name: 'added by an extension', value: secret },
      { kind: 'string', id: 's', name: 'context', value: secret, handle: 1 },
      { kind: 'implicit', id: 'i', name: 'file', value: { value: secret, uri: uri('/a'), handle: 1 } },
      { id: 'old', name: 'instructions', values: [{ level: 'full', value: secret }] },
      { kind: 'promptText', id: 'p', name: 'prompt:typed', value: secret, range: { start: 0 } },
      {
        kind: 'generic',
        id: 'a',
        name: 'added',
        value: secret,
        range: { start: 0 },
        automaticallyAdded: true,
      },
    ];
    const result = { metadata: { renderedUserMessage: [{ text: secret }] } };

    it('which is counted instead', async () => {
      const chat = await importChat(
        session(
          requestWith(['So.'], { variableData: { variables }, result, usedContext: { documents: [secret] } }),
        ),
      );
      assert.ok(!JSON.stringify(chat).includes('Workspace structure'));
      assert.match(contentOf(chat.turns[0]).answer, /\*Not imported: hidden context: 8\.\*$/);
    });

    it('and shows what the user saw of a request made by VS Code itself', async () => {
      const systemRequest = { isSystemInitiated: true, systemInitiatedLabel: 'Command finished' };
      const { question, answer } = await importTurn({
        ...requestWith(['Good.'], systemRequest),
        message: { text: secret },
      });
      assert.deepEqual(
        [question, answer],
        ['Command finished', 'Good.\n\n*Not imported: hidden context: 1.*'],
      );
      const hidden = await importTurn({
        ...requestWith(['Good.'], { requestHiddenFromTranscript: true }),
        message: { text: secret },
      });
      assert.deepEqual([hidden.question, hidden.answer], ['…', answer]);
    });
  });

  it('is imported or refused with a message, whatever its parts are', async () => {
    const key = fc.constantFrom(
      'kind',
      'value',
      'content',
      'uri',
      'treeData',
      'children',
      'label',
      'inlineReference',
    );
    const kind = fc.constantFrom(
      'thinking',
      'codeblockUri',
      'treeData',
      'warning',
      'inlineReference',
      'markdownContent',
      'x',
    );
    const part = fc.oneof(
      fc.jsonValue(),
      fc.dictionary(key, fc.oneof(kind, fc.jsonValue()), { noNullPrototype: true }),
    );
    const anyRequest = fc.record({
      message: fc.oneof(fc.string(), fc.record({ text: fc.string() }), fc.jsonValue()),
      response: fc.oneof(fc.array(part), fc.jsonValue()),
      variableData: fc.oneof(fc.record({ variables: fc.array(part) }), fc.jsonValue()),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(anyRequest, { minLength: 1 }), fc.boolean(), async (requests, asLog) => {
        const file = session(...requests);
        const bytes = asLog ? sessionLog({ kind: 0, v: file }) : encode(JSON.stringify(file));
        const result = await chatOfBytes(bytes, newId).catch((error: unknown) => error);
        assert.ok(result instanceof ImportError || (result as Conversation).turns.length === requests.length);
      }),
      { numRuns: 100 },
    );
  });
});
