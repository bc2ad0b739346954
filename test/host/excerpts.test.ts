import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { AttachedCode } from '../../src/host/editor/tracked-code/attached-code';
import { messagesDuring, withDialogs } from './dialogs';
import { comparisons, openDiffs } from './open-comparisons';
import { createProposalContext } from './proposal-test-context';

const content =
  'import os\n\n\ndef one():\n    return 1\n\n\ndef two():\n    a = 2\n    return a\n\n\ndef three():\n    return 3\n';
const rest = '# ... existing code ...\n';
const two = 'def two():\n    return 22\n';
const after = content.replace('    a = 2\n    return a\n', '    return 22\n');

const fenced = (code: string, info = 'python'): string => `\`\`\`${info}\n${code}\`\`\`\n`;

describe('An excerpt in an answer', () => {
  const context = createProposalContext('excerpt');

  /** Selects the second function. */
  async function select(name: string, first = 7, last = 10): Promise<AttachedCode> {
    const editor = await context.open(name);
    editor.selection = new vscode.Selection(first, 0, last, 0);
    return context.attachSelection(editor);
  }

  const answers: readonly (readonly [title: string, answerFor: (name: string) => string])[] = [
    ['with placeholders', (name) => `\`${name}\`:\n${fenced(rest + two + rest)}`],
    ['of named lines', (name) => `\`${name}\` (lines 8-10)\n${fenced(two)}`],
    ['with the lines in its info string', (name) => fenced(two, `8:10:${name}`)],
    ['without a placeholder', (name) => `**${name}**\n${fenced(two)}`],
    [
      'as a diff',
      (name) => `${name}\n${fenced(' def two():\n-    a = 2\n-    return a\n+    return 22\n', 'diff')}`,
    ],
    [
      'as text to search and replace',
      (name) =>
        `${name}\n${fenced('<<<<<<< SEARCH\n    a = 2\n    return a\n=======\n    return 22\n>>>>>>> REPLACE\n')}`,
    ],
  ];
  for (const [title, answerFor] of answers) {
    it(`is compared in its place, and keeps the rest of the file: ${title}`, async () => {
      const name = context.write(content);
      await context.actions.review(answerFor(name), undefined);
      assert.equal((await comparisons()).get(name)?.text, after);
    });
  }

  it('is compared with the others for the same file, with its line breaks', async () => {
    const name = context.write(content.replaceAll('\n', '\r\n'));
    const three = 'def three():\n    return 33\n';
    await context.actions.review(`${name}\n${fenced(three)}\n${name}\n${fenced(two)}`, undefined);
    const shown = (await comparisons()).get(name)?.text;
    assert.equal(shown, after.replace('return 3\n', 'return 33\n').replaceAll('\n', '\r\n'));
  });

  it('is compared with nothing if its place is not certain, and can be opened in a new file', async () => {
    const name = context.write(content);
    const answer = `${name}\n${fenced(`${rest}def four():\n    pass\n${rest}`)}`;
    const [message] = await messagesDuring(() => context.actions.review(answer, undefined));
    assert.match(
      message?.message ?? '',
      /^Could not compare the code with .*: the code contains only parts of the document/,
    );
    assert.deepEqual(message?.buttons, ['Open in New File']);
    assert.deepEqual(openDiffs(), []);
  });

  it('is compared with a warning if only its length tells that it may be one', async () => {
    const name = context.write(content);
    const answer = `${name}\n${fenced('def one():\n    return 1\n\ndef three():\n    return 4\n')}`;
    const [message] = await messagesDuring(() => context.actions.review(answer, undefined));
    assert.match(message?.message ?? '', /^The code may contain only parts of /);
    await comparisons();
  });

  it('is compared with the code of the question if that is where it belongs, and else with its file', async () => {
    const diff = fenced('-    a = 2\n-    return a\n+    return 22\n', 'diff');
    for (const answer of [diff, fenced(`def two():\n    # ...\n    return a + 1\n`), fenced(after)]) {
      const name = context.write(content);
      await context.actions.review(answer, await select(name));
      const expected = answer.includes('a + 1') ? 'def two():\n    a = 2\n    return a + 1\n' : 'return 22';
      const shown = (await comparisons()).get(name)?.text ?? '';
      assert.ok(shown.includes(expected));
      assert.equal(shown.split('def one').length, 2);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    }
  });

  it('opens a comparison in place of Replace Selection, which says why', async () => {
    const name = context.write(content);
    const code = `import os\n\n${rest}\ndef two():\n    return 22\n\n${rest}`;
    const attachedCode = await select(name, 0, 15);
    const request = { type: 'replaceSelection', code, language: 'python' } as const;
    await withDialogs(
      () => undefined,
      async (messages) => {
        context.actions.run(request, [attachedCode]);
        while (messages.length === 0) await new Promise(setImmediate);
        assert.match(messages[0]?.message ?? '', /^The code contains only the changed parts of /);
      },
    );
    assert.equal(await context.textOf(name), content);
    assert.equal((await comparisons()).get(name)?.text, after);
  });
});
