import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { explainCellAndInsertBelow } from './editor-flows';
import { useChat } from './use-chat';

describe('A notebook', () => {
  const { workbench, chat } = useChat({ newChat: 'once' });

  after(() => rmSync(join(workbench.folder, 'planets.ipynb')));

  it('has cells that are explained as a whole, and code of the answer becomes a cell below', () =>
    explainCellAndInsertBelow(workbench, chat));
});
