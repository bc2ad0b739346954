import assert from 'node:assert/strict';
import { answerOf, importTurn, requestWith, uri } from './vscode-chat-files';

describe('The answers of a chat of VS Code', () => {
  describe('have paragraph breaks where VS Code showed something in between:', () => {
    const tool = { kind: 'toolInvocationSerialized', toolId: 'read', isComplete: true };
    const note = (text: string): string => `\n\n*Not imported: ${text}.*`;

    it('around tool calls', async () => {
      const answer = await answerOf({ value: 'I will look.' }, tool, tool, { value: 'Found it.' });
      assert.equal(answer, `I will look.\n\nFound it.${note('tool calls: 2')}`);
    });

    it('around a tool call that was announced before, which counts once', async () => {
      const announced = { kind: 'prepareToolInvocation', toolName: 'read' };
      const answer = await answerOf({ value: 'I will look.' }, announced, tool, { value: 'Found it.' });
      assert.equal(answer, `I will look.\n\nFound it.${note('tool calls: 1')}`);
    });

    it('around progress, reasoning, edits and buttons', async () => {
      for (const kind of ['progressMessage', 'command']) {
        assert.equal(
          await answerOf({ value: 'One.' }, { kind, content: { value: 'x' } }, { value: 'Two.' }),
          'One.\n\nTwo.',
        );
      }
      const { answer, reasoning } = await importTurn(
        requestWith([{ value: 'One.' }, { kind: 'thinking', value: 'Hm.' }, 'Two.']),
      );
      assert.deepEqual([answer, reasoning], ['One.\n\nTwo.', 'Hm.']);
    });

    it('but not within a sentence', async () => {
      const reference = { kind: 'inlineReference', inlineReference: uri('/home/me/a.py') };
      const symbol = { kind: 'inlineReference', name: 'f', inlineReference: { name: 'f', location: {} } };
      const invisible = ['undoStop', 'reference', 'codeCitation', 'usage'].map((kind) => ({ kind }));
      assert.equal(
        await answerOf({ value: 'See ' }, reference, ...invisible, { value: ', ' }, symbol, { value: '.' }),
        'See `a.py`, `f`.',
      );
    });

    for (const [reference, shown] of [
      [{ name: '', inlineReference: uri('/home/me/a.py') }, '`a.py`'],
      [{ name: 'a`b', inlineReference: uri('/home/me/a.py') }, '`a b`'],
      [{ inlineReference: { uri: uri('/w/a.py'), range: { startLineNumber: 3 } } }, '`a.py:3`'],
      [{ inlineReference: { uri: uri('/w/a.py'), range: {} } }, '`a.py`'],
      [{ inlineReference: 'C:\\Users\\me\\a.py' }, '`a.py`'],
    ] as const) {
      it(`with ${shown} for a reference`, async () => {
        const part = { kind: 'inlineReference', ...reference };
        assert.equal(await answerOf('See ', part, '.'), `See ${shown}.`);
      });
    }

    it('and with code still indented', async () => {
      assert.equal(await answerOf('One:', { kind: 'progressMessage' }, '\n\n    code\n'), 'One:\n\n    code');
    });

    it('between reasoning steps, and not within one', async () => {
      const thought = (id: string, value: unknown): object => ({ kind: 'thinking', id, value });
      const { reasoning } = await importTurn(
        requestWith([
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

    it('for warnings and file trees', async () => {
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

  describe('name the file of their edits', () => {
    const file = { kind: 'codeblockUri', uri: uri('/home/me/a`b.py'), isEdit: true };
    const edit = { kind: 'textEditGroup', uri: uri('/home/me/a.py'), edits: [[]], done: true };

    it('in place of an empty block', async () => {
      assert.equal(
        await answerOf('I change it:\n\n```python\n', file, edit, '\n```\n', 'Done.'),
        'I change it:\n\nFile: `a b.py`\n\nDone.\n\n*Not imported: file edits: 1.*',
      );
      assert.equal(await answerOf('```\n', file, '\n````\n\nDone.'), 'File: `a b.py`\n\nDone.');
    });

    it('before a block with its code', async () => {
      assert.equal(
        await answerOf('Here:\n```python\n', file, 'x = 1\n```\n', 'Done.'),
        'Here:\n\nFile: `a b.py`\n\n```python\nx = 1\n```\nDone.',
      );
    });

    for (const [reference, name] of [
      ['file:///w/a%20b.ts', 'a b.ts'],
      ['file:///w/100%25.ts#L3', '100%.ts'],
      ['vscode-remote://ssh-remote%2Bhost/w/%C3%BC.ts', '\u00fc.ts'],
      ['/w/a%20b.ts', 'a%20b.ts'],
    ] as const) {
      it(`which may be given as text: ${reference}`, async () => {
        const part = { kind: 'codeblockUri', uri: reference, isEdit: true };
        assert.equal(
          await answerOf('```\n', part, 'x = 1\n```'),
          `File: \`${name}\`\n\n\`\`\`\nx = 1\n\`\`\``,
        );
      });
    }

    it('before a block whose opening fence is in several parts', async () => {
      assert.equal(
        await answerOf('Here:\n``', '`', 'python\n', file, 'x = 1\n', '```'),
        'Here:\n\nFile: `a b.py`\n\n```python\nx = 1\n```',
      );
    });

    it('if there is no block', async () => {
      assert.equal(
        await answerOf('Here:', file, edit, 'Done.'),
        'Here:\n\nFile: `a b.py`\n\nDone.\n\n*Not imported: file edits: 1.*',
      );
    });
  });
});
