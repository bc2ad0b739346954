import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fixProblem } from './editor-flows';
import { useChat } from './use-chat';

describe('A problem in a file', () => {
  const { workbench, chat } = useChat({ newChat: 'once' });

  after(() => rmSync(join(workbench.folder, 'broken.json')));

  it('is sent with its message by the light bulb, and the fix is compared before it is accepted', () =>
    fixProblem(workbench, chat));
});
