import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { explainCellAndInsertBelow } from './editor-flows';
import { useChat } from './use-chat';

describe('A notebook', () => {
  const { workbench, api, chat } = useChat({ newChat: 'once' });

  after(async () => {
    await workbench.closeEditors();
    rmSync(join(workbench.folder, 'planets.ipynb'));
  });

  it('has cells that are explained as a whole, and code of the answer becomes a cell below', () =>
    explainCellAndInsertBelow(workbench, chat));

  it('receives the code of the last answer below the selected cell: Insert as New Notebook Cell', async () => {
    const cells = workbench.page.locator('.notebook-editor .code-cell-row');
    await workbench.openFromExplorer('planets.ipynb');
    await cells.first().locator('.view-line').first().click();
    api.script({ kind: 'answer', text: '```python\nprint(math.tau)\n```\n' });
    await chat.ask('What is tau?');
    await chat.until('Done');
    await workbench.command('o1-mini: Insert as New Notebook Cell');
    await cells.nth(1).getByText('print(math.tau)').waitFor();
  });
});
