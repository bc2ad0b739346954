import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lastPrompt } from './requests';
import { useChat } from './use-chat';

describe('A notebook', () => {
  const { workbench, api, chat } = useChat({ newChat: 'once' });
  const path = (): string => join(workbench.folder, 'planets.ipynb');

  before(() => {
    const cell = { cell_type: 'code', metadata: {}, outputs: [], execution_count: null };
    const cells = ['import math', 'area = math.pi'].map((source) => ({ ...cell, source }));
    writeFileSync(path(), JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 }));
  });
  after(async () => {
    await workbench.closeEditors();
    rmSync(path());
  });

  it('has cells that are explained as a whole, and code of the answer becomes a cell below', async () => {
    const { page } = workbench;
    await workbench.openFromExplorer('planets.ipynb');
    const cells = page.locator('.notebook-editor .code-cell-row');
    await cells.nth(1).locator('.view-line').first().click();
    api.script({ kind: 'answer', text: 'Use it:\n\n```python\nprint(area)\n```\n' });
    await chat.askBy(() => workbench.command('o1-mini: Explain'));
    await chat.until('Done');
    await chat.questions.last().getByText('planets.ipynb, cell 2 (Python)').waitFor();
    assert.match(
      lastPrompt(api),
      /planets\.ipynb, cell 2 \(Python\)\n```python\narea = math\.pi\n```[^]*cell 1 \(Python\):\nimport math/,
    );
    await chat.answers.last().getByRole('button', { name: 'More Actions…' }).click();
    await workbench.choose('Insert as New Cell Below');
    await cells.nth(2).getByText('print(area)').waitFor();
  });
});
