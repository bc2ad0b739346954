import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createCodeBlockActions } from '../../src/host/editor/code-block-actions';
import { insertAtCursor } from '../../src/host/editor/insert';
import { messagesDuring } from './dialogs';
import { comparisons, openDiffs } from './open-comparisons';
import { recordingLog } from './recording-log';
import { createProposalContext, picking, twoFunctions } from './proposal-test-context';

const fenced = (code: string): string => `\`\`\`diff\n${code}\`\`\`\n`;
const changeOf = (name: string, from: number, to: number): string =>
  `--- a/${name}\n+++ b/${name}\n@@ -1,2 +1,2 @@\n-    return ${from}\n+    return ${to}\n`;

describe('A patch in an answer', () => {
  const context = createProposalContext('patched');
  const { write } = context;

  it('for several files is compared with each of them, without mixing them up', async () => {
    const [one, two] = [write(), write()];
    const answer = fenced(changeOf(one, 1, 11) + changeOf(two, 2, 22));
    const listed = await picking('all', () => context.actions.review(answer, undefined));
    assert.deepEqual(listed, [`${one} (the whole file)`, `${two} (the whole file)`]);
    const open = await comparisons(2);
    assert.equal(open.get(one)?.text, twoFunctions.replace('return 1', 'return 11'));
    assert.equal(open.get(two)?.text, twoFunctions.replace('return 2', 'return 22'));
  });

  for (const type of ['compare', 'replaceSelection'] as const) {
    it(`for several files is listed by its files: ${type}`, async () => {
      const [one, two] = [write(), write()];
      await context.open(one);
      const code = `*** Begin Patch\n*** Update File: ${one}\n@@\n-    return 1\n+    return 11\n*** Update File: ${two}\n@@\n-    return 2\n+    return 22\n*** End Patch\n`;
      const listed = await picking('all', async () => {
        context.actions.run({ type, code, language: '' }, []);
        await comparisons(2);
      });
      assert.deepEqual(listed, [`${one} (the whole file)`, `${two} (the whole file)`]);
      assert.equal(await context.textOf(one), twoFunctions);
    });
  }

  it('creates a file with its content, and not with the signs of the patch', async () => {
    const name = write('x = 1\n').replace('.py', '-new.py');
    await context.actions.review(
      fenced(`--- /dev/null\n+++ b/${name}\n@@ -0,0 +1,2 @@\n+a = 1\n+b = 2\n`),
      undefined,
    );
    const { document } = vscode.window.activeTextEditor ?? assert.fail('no editor');
    assert.deepEqual([document.uri.scheme, document.getText()], ['untitled', 'a = 1\nb = 2\n']);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('for a file that does not exist is compared with nothing, and not written to a file of that name', async () => {
    const [message] = await messagesDuring(() =>
      context.actions.review(fenced(changeOf('none/such.py', 1, 2)), undefined),
    );
    assert.match(message?.message ?? '', /^Could not compare the code with none\/such\.py/);
    assert.deepEqual(openDiffs(), []);
  });

  it('that only renames or deletes a file says so', async () => {
    const name = write();
    const renamed = `diff --git a/${name} b/new.py\nsimilarity index 100%\nrename from ${name}\nrename to new.py\n`;
    const deleted = `*** Begin Patch\n*** Delete File: ${name}\n*** End Patch\n`;
    for (const code of [renamed, deleted]) {
      const [message] = await messagesDuring(() => context.actions.review(fenced(code), undefined));
      assert.match(message?.message ?? '', /contains no lines that can be compared/);
    }
    assert.deepEqual(openDiffs(), []);
  });

  it('is applied to the document if nothing is selected, and not inserted at the cursor', async () => {
    const name = write();
    const editor = await context.open(name);
    editor.selection = new vscode.Selection(0, 0, 0, 0);
    const actions = createCodeBlockActions({ current: editor }, context.codeTracker, recordingLog().log);
    try {
      const code = '-    return 1\n+    return 11\n';
      actions.run({ type: 'compare', code, language: 'diff' }, []);
      assert.equal((await comparisons()).get(name)?.text, twoFunctions.replace('return 1', 'return 11'));
    } finally {
      actions.dispose();
    }
  });

  it('says that code with placeholders was inserted', async () => {
    const editor = await context.open(write());
    const code = 'x = 1\n# ... existing code ...\n';
    const [message] = await messagesDuring(() => insertAtCursor(editor, { code, language: 'python' }));
    assert.match(message?.message ?? '', /placeholders for omitted code, such as "# ... existing code ..."/);
  });
});
