import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Conversation } from '../../src/core/chat/conversation';
import { chatOfBytes, ImportError } from '../../src/host/history/import';
import {
  answered,
  answerOf,
  encode,
  imported,
  logOf,
  newId,
  seen,
  seenIn,
  session,
  uri,
} from './vscode-chat-files';

describe('A chat of VS Code', () => {
  describe('of any of its versions', () => {
    const files: Readonly<Record<string, object>> = {
      'early 2023, with texts alone': {
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
        answered([{ value: 'So.', supportThemeIcons: false }], { isCanceled: false }),
      ),
      '2026, with a state': session(
        answered([{ value: 'So.' }], { modelState: { value: 1, completedAt: 5 } }),
      ),
    };
    for (const [name, file] of Object.entries(files)) {
      it(`is read: ${name}`, async () => {
        const { turns } = await imported(file);
        assert.equal(turns.length, 1);
        assert.deepEqual(seenIn(turns[0]), { question: 'Why?', answer: 'So.', reasoning: '', end: 'done' });
      });
    }

    it('keeps its title, in one line', async () => {
      const titled = { ...session(answered(['So.'])), customTitle: `My\nchat ${'x'.repeat(500)}` };
      assert.match((await imported(titled)).title ?? '', /^My chat x+…$/);
      assert.equal((await imported({ ...session(answered([])), computedTitle: 'Old' })).title, 'Old');
    });

    it('has neither what was undone nor what was hidden', async () => {
      const gone = [{ shouldBeRemovedOnSend: { requestId: 'x' } }, { isHidden: true }];
      const chat = await imported(
        session(...gone.map((field) => answered(['No'], field)), answered(['Yes'])),
      );
      assert.deepEqual(
        chat.turns.map((turn) => seenIn(turn).answer),
        ['Yes'],
      );
    });
  });

  describe('ends as it did in VS Code', () => {
    const failed = { result: { errorDetails: { message: 'Quota exceeded' } } };
    const ends: readonly (readonly [string, object, string])[] = [
      ['cancelled, before there were states', { isCanceled: true }, 'stopped'],
      ['cancelled, as a state', { modelState: { value: 2, completedAt: 1 } }, 'stopped'],
      ['cancelled, with an error for it', { modelState: { value: 2 }, ...failed }, 'stopped'],
      ['complete', { modelState: { value: 1 } }, 'done'],
      ['failed, without words', { modelState: { value: 3 } }, 'incomplete'],
      ['failed, in the words of a result', failed, 'incomplete'],
      ['failed, in the words of 2023', { responseErrorDetails: { message: 'No' } }, 'incomplete'],
      ['still pending', { modelState: { value: 0 } }, 'incomplete'],
      ['waiting for the user', { modelState: { value: 4 } }, 'incomplete'],
      ['of a state to come', { modelState: { value: 17 } }, 'done'],
    ];
    for (const [what, fields, end] of ends) {
      it(`${end} where it was ${what}`, async () => {
        assert.equal((await seen(answered(['So far'], fields))).end, end);
      });
    }

    it('stopped where there is no answer at all', async () => {
      assert.equal((await seen(answered(undefined))).end, 'stopped');
      assert.equal((await seen(answered(null))).end, 'stopped');
    });
  });

  describe('has paragraphs where VS Code drew something between', () => {
    const tool = { kind: 'toolInvocationSerialized', toolId: 'read', isComplete: true };
    const note = (text: string): string => `\n\n*Not imported: ${text}.*`;

    it('around the use of tools', async () => {
      const answer = await answerOf({ value: 'I will look.' }, tool, tool, { value: 'Found it.' });
      assert.equal(answer, `I will look.\n\nFound it.${note('tool calls: 2')}`);
    });

    it('around progress, thoughts, edits and buttons', async () => {
      for (const kind of ['progressMessage', 'command']) {
        assert.equal(
          await answerOf({ value: 'One.' }, { kind, content: { value: 'x' } }, { value: 'Two.' }),
          'One.\n\nTwo.',
        );
      }
      const { answer, reasoning } = await seen(
        answered([{ value: 'One.' }, { kind: 'thinking', value: 'Hm.' }, 'Two.']),
      );
      assert.deepEqual([answer, reasoning], ['One.\n\nTwo.', 'Hm.']);
    });

    it('but not within a sentence', async () => {
      const reference = { kind: 'inlineReference', inlineReference: uri('/home/me/a.py') };
      const symbol = { kind: 'inlineReference', name: 'f', inlineReference: { name: 'f', location: {} } };
      const unseen = ['undoStop', 'reference', 'codeCitation', 'usage'].map((kind) => ({ kind }));
      assert.equal(
        await answerOf({ value: 'See ' }, reference, ...unseen, { value: ', ' }, symbol, { value: '.' }),
        'See `a.py`, `f`.',
      );
    });

    it('keeps code indented', async () => {
      assert.equal(await answerOf('One:', { kind: 'progressMessage' }, '\n\n    code\n'), 'One:\n\n    code');
    });

    it('between thoughts, and not within one', async () => {
      const thought = (id: string, value: unknown): object => ({ kind: 'thinking', id, value });
      const { reasoning } = await seen(
        answered([
          thought('1', '**Planning** updates.'),
          thought('2', ['**Design', 'ing** it']),
          thought('2', ' well.'),
          { kind: 'thinking', value: '', metadata: { vscodeReasoningDone: true } },
          tool,
          thought('', 'Third.'),
          thought('', 'Fourth.'),
        ]),
      );
      assert.equal(reasoning, '**Planning** updates.\n\n**Designing** it well.\n\nThird.\n\nFourth.');
    });

    it('for notes and trees of files', async () => {
      const tree = { label: 'src', uri: uri('/src'), children: [{ label: 'a.ts', uri: uri('/src/a.ts') }] };
      const drawn = '~~~\nsrc\n  a.ts\n~~~';
      assert.equal(
        await answerOf('One', { kind: 'warning', content: { value: 'Mind\nthis' } }, 'Two'),
        'One\n\n> Mind\n> this\n\nTwo',
      );
      assert.equal(
        await answerOf('One', { kind: 'treeData', treeData: tree }, 'Two'),
        `One\n\n${drawn}\n\nTwo`,
      );
      assert.equal(await answerOf(tree), drawn);
    });
  });

  describe('names the file of its edits', () => {
    const file = { kind: 'codeblockUri', uri: uri('/home/me/a`b.py'), isEdit: true };
    const edit = { kind: 'textEditGroup', uri: uri('/home/me/a.py'), edits: [[]], done: true };

    it('in place of an empty block', async () => {
      assert.equal(
        await answerOf('I change it:\n\n```python\n', file, edit, '\n```\n', 'Done.'),
        'I change it:\n\nFile: `a b.py`\n\nDone.\n\n*Not imported: file edits: 1.*',
      );
      assert.equal(await answerOf('```\n', file, '\n````\n\nDone.'), 'File: `a b.py`\n\nDone.');
    });

    it('before a block that has its code', async () => {
      assert.equal(
        await answerOf('Here:\n```python\n', file, 'x = 1\n```\n', 'Done.'),
        'Here:\n\nFile: `a b.py`\n\n```python\nx = 1\n```\nDone.',
      );
    });

    it('where there is no block', async () => {
      assert.equal(
        await answerOf('Here:', file, edit, 'Done.'),
        'Here:\n\nFile: `a b.py`\n\nDone.\n\n*Not imported: file edits: 1.*',
      );
    });
  });

  describe('comes without hidden context', () => {
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
    ];
    const result = { metadata: { renderedUserMessage: [{ text: secret }] } };

    it('which is counted instead', async () => {
      const chat = await imported(
        session(
          answered(['So.'], { variableData: { variables }, result, usedContext: { documents: [secret] } }),
        ),
      );
      assert.ok(!JSON.stringify(chat).includes('Workspace structure'));
      assert.match(seenIn(chat.turns[0]).answer, /\*Not imported: hidden context: 6\.\*$/);
    });

    it('and shows for a request of VS Code itself what the user saw', async () => {
      const own = { isSystemInitiated: true, systemInitiatedLabel: 'Command finished' };
      const { question, answer } = await seen({ ...answered(['Good.'], own), message: { text: secret } });
      assert.deepEqual(
        [question, answer],
        ['Command finished', 'Good.\n\n*Not imported: hidden context: 1.*'],
      );
    });

    it('and keeps what the user attached as text', async () => {
      const attached = [
        { kind: 'paste', name: 'Pasted', code: 'f = 1', language: 'python', value: 'The code: f = 1' },
        { kind: 'terminalCommand', name: 'Terminal', command: 'ls', output: 'a.py', value: 'ls' },
        {
          name: 'selection',
          range: { start: 0, endExclusive: 10 },
          values: [{ level: 'full', value: 'g = 2' }],
        },
        { kind: 'file', name: 'a.py', value: uri('/home/me/a.py') },
        { kind: 'image', name: 'shot.png', value: { $base64: 'AAAA' } },
      ];
      const chat = await imported(session(answered(['So.'], { variableData: { variables: attached } })));
      assert.deepEqual(chat.turns[0]?.question.attachments, [
        { kind: 'paste', label: 'Pasted', language: 'python', content: 'f = 1' },
        { kind: 'terminal', label: 'Terminal', language: '', content: '$ ls\na.py' },
        { kind: 'paste', label: 'selection', language: '', content: 'g = 2' },
      ]);
      assert.match(seenIn(chat.turns[0]).answer, /\*Not imported: images: 1\.\*$/);
    });
  });

  it('is a chat or is refused in words, whatever its parts are', async () => {
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
    const any = fc.record({
      message: fc.oneof(fc.string(), fc.record({ text: fc.string() }), fc.jsonValue()),
      response: fc.oneof(fc.array(part), fc.jsonValue()),
      variableData: fc.oneof(fc.record({ variables: fc.array(part) }), fc.jsonValue()),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(any, { minLength: 1 }), fc.boolean(), async (requests, asLog) => {
        const file = session(...requests);
        const bytes = asLog ? logOf({ kind: 0, v: file }) : encode(JSON.stringify(file));
        const result = await chatOfBytes(bytes, newId).catch((error: unknown) => error);
        assert.ok(result instanceof ImportError || (result as Conversation).turns.length === requests.length);
      }),
      { numRuns: 100 },
    );
  });
});
