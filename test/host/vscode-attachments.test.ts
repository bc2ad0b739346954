import assert from 'node:assert/strict';
import type { Attachment } from '../../src/core/prompt/attachment';
import { contentOf, importChat, requestWith, session, uri } from './vscode-chat-files';

interface Imported {
  readonly attachments: readonly Attachment[];
  readonly answer: string;
}

async function importAttached(...variables: readonly object[]): Promise<Imported> {
  const chat = await importChat(session(requestWith(['So.'], { variableData: { variables } })));
  const { answer } = contentOf(chat.turns[0]);
  return { attachments: chat.turns[0]?.question.attachments ?? [], answer };
}

const range = { startLineNumber: 3, startColumn: 1, endLineNumber: 10, endColumn: 1 };
const location = { uri: uri('/home/me/a.py'), range };

describe('An attachment of a question of VS Code', () => {
  const withText: readonly (readonly [string, object, Pick<Attachment, 'kind' | 'content'>])[] = [
    [
      'pasted code',
      { kind: 'paste', code: 'f = 1', language: 'python', value: 'The code: f = 1' },
      { kind: 'paste', content: 'f = 1' },
    ],
    [
      'a command in the terminal',
      { kind: 'terminalCommand', command: 'ls', output: 'a.py', value: 'ls' },
      { kind: 'terminal', content: '$ ls\na.py' },
    ],
    [
      'a selection of 2024',
      { range: { start: 0, endExclusive: 10 }, values: [{ level: 'full', value: 'g = 2' }] },
      { kind: 'paste', content: 'g = 2' },
    ],
    [
      'a problem',
      { kind: 'diagnostic', problemMessage: 'x is not defined', filterUri: uri('/a.py'), value: {} },
      { kind: 'problems', content: 'x is not defined' },
    ],
    ['an element of a page', { kind: 'element', value: '<p>x</p>' }, { kind: 'paste', content: '<p>x</p>' }],
    ['a variable of the debugger', { kind: 'debugVariable', value: '5' }, { kind: 'paste', content: '5' }],
    ['a file with its text', { kind: 'file', value: 'f = 1\n' }, { kind: 'file', content: 'f = 1\n' }],
  ];
  for (const [what, variable, expected] of withText) {
    it(`is imported with its text: ${what}`, async () => {
      const { attachments, answer } = await importAttached({ name: 'The name', ...variable });
      assert.deepEqual(
        attachments.map(({ language, ...rest }) => rest),
        [{ label: 'The name', ...expected }],
      );
      assert.equal(answer, 'So.');
    });
  }

  const withoutText: readonly (readonly [string, object, Pick<Attachment, 'kind' | 'label'>])[] = [
    [
      'a file',
      { kind: 'file', name: 'file:a.py', value: uri('/home/me/a.py') },
      { kind: 'file', label: 'a.py' },
    ],
    ['lines of a file', { kind: 'file', value: location }, { kind: 'file', label: 'a.py:3-10' }],
    ['a file of 2024', { isFile: true, values: [{ value: location.uri }] }, { kind: 'file', label: 'a.py' }],
    ['the file in the editor', { kind: 'implicit', value: location }, { kind: 'file', label: 'a.py:3-10' }],
    [
      'a folder',
      { kind: 'directory', name: 'folder', value: uri('/home/me/src/') },
      { kind: 'file', label: 'src' },
    ],
    ['a symbol', { kind: 'symbol', name: 'f', value: location }, { kind: 'symbol', label: 'f' }],
    [
      'a commit',
      { kind: 'scmHistoryItem', name: 'Fix', value: uri('/x') },
      { kind: 'changes', label: 'Fix' },
    ],
    [
      'an omitted file',
      { kind: 'file', name: 'big.bin', omittedState: 2 },
      { kind: 'file', label: 'big.bin' },
    ],
  ];
  for (const [what, variable, expected] of withoutText) {
    it(`is imported without its content if only its place is known: ${what}`, async () => {
      const { attachments, answer } = await importAttached(variable);
      const content = 'This attachment was imported without its content.';
      assert.deepEqual(attachments, [{ ...expected, language: '', content }]);
      assert.equal(answer, 'So.');
    });
  }

  it('is imported without its content if it is an image, and counted', async () => {
    const { attachments, answer } = await importAttached(
      { kind: 'image', name: 'shot.png', value: { $base64: 'AAAA' } },
      { kind: 'image', name: 'old.png', value: { 0: 137, 1: 80 }, mimeType: 'image/png' },
      { isImage: true, name: '2024.png', value: [137, 80] },
    );
    assert.deepEqual(
      attachments.map(({ label }) => label),
      ['shot.png', 'old.png', '2024.png'],
    );
    assert.match(answer, /\*Not imported: images: 3\.\*$/);
  });

  const notOfUser: Readonly<Record<string, object>> = {
    'instructions that VS Code added': { kind: 'promptFile', value: uri('/x.md'), automaticallyAdded: true },
    'a file that was only suggested': { kind: 'implicit', value: location, enabled: false },
    'a tool': { kind: 'tool', name: 'codebase' },
    'a damaged entry': { kind: 'generic', value: 5 },
  };
  for (const [what, variable] of Object.entries(notOfUser)) {
    it(`is not shown if it is ${what}`, async () => {
      assert.deepEqual((await importAttached(variable)).attachments, []);
    });
  }
});
