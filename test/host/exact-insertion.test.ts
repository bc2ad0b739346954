import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { insertCell } from '../../src/host/editor/notebooks/insert-cell';
import { createGenerationContext } from './generation-test-context';
import { closeNotebooks, openNotebook, selectCell } from './notebook-files';

/** Code that a snippet, a template, a link or an icon would change, and code whose white space matters. */
const codes = [
  "print('$1 ${X} ${1:y} \\$0 $TM_FILENAME')",
  "s = '{{x}} {0} %s %% \\n \\\\'",
  "link = '[a](command:x) $(zap) &amp; <b>'",
  'if x:\n    y = 1\n\n\n    z = 2',
  'table = [\n    1,   10,\n    100, 1000,\n]',
  'text = """\n  a   \n\tb\n"""',
  "# 🙂 é 漢字 '`' `` ~~~",
];

describe('S7 Code is inserted as it is shown', () => {
  const generation = createGenerationContext();

  for (const code of codes) {
    it(`at the cursor, by Generate at Cursor: ${JSON.stringify(code)}`, async () => {
      generation.context.api.script({ kind: 'answer', text: `\`\`\`python\n${code}\n\`\`\`\n` });
      await generation.open('', 0, 0);
      await generation.generate();
      await generation.generator.accept();
      assert.equal(generation.text(), code);
      await vscode.commands.executeCommand('undo');
      assert.equal(generation.text(), '');
    });
  }

  it('as a new cell of a notebook', async () => {
    const notebook = await openNotebook(['import math'], 'exact.ipynb');
    await selectCell(notebook, 0);
    for (const code of codes) {
      await insertCell({ code: `${code}\n`, language: 'python' });
      const cell = vscode.window.activeNotebookEditor?.selection.start ?? 0;
      assert.equal(notebook.cellAt(cell).document.getText(), code);
    }
    await closeNotebooks();
  });
});
