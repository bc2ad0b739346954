import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import manifest from '../../package.json';
import { mainJob } from '../support/main-job';
import { installServer } from '../support/server-install';
import { openWindow, type TestWindow } from '../support/window';
import { chatPage, openChat, type ChatPage } from '../e2e/chat-page';
import {
  askAboutCurrentFile,
  countUnseenAnswer,
  explainCellAndInsertBelow,
  fixProblem,
  generateAndUndo,
  openFileOfQueuedAnswer,
  reviewTwoFiles,
} from '../e2e/editor-flows';
import { refactorAndAccept } from '../e2e/refactor';

describe('On the oldest version of VS Code that the extension allows,', () => {
  let workbench: TestWindow;
  let chat: ChatPage;

  before('open a window', async () => {
    const { main } = await installServer('oldest');
    const product = JSON.parse(readFileSync(join(dirname(main), '..', 'package.json'), 'utf8')) as {
      readonly version: string;
    };
    const minor = /\d+\.\d+/.exec(manifest.engines.vscode)?.[0];
    assert.ok(minor !== undefined && product.version.startsWith(`${minor}.`), product.version);
    workbench = await openWindow({ release: 'oldest' });
    chat = chatPage(workbench.panel());
  });
  after(() => workbench.close());

  it('selected code is explained, a question is answered in the panel, and its code is inserted', async () => {
    // Its package lacks the program that searches for files.
    await workbench.openFromExplorer('orbits.py');
    const lines: string[] = [];
    await mainJob(workbench, (line) => lines.push(line));
    assert.ok(lines.length > 5);
  });

  it('the view is beside the code, and the code of an answer replaces the selection', async () => {
    await workbench.page.locator('.part.auxiliarybar [id="workbench.view.extension.o1mini"]').waitFor();
    await refactorAndAccept(workbench);
  });

  it('code is generated, a problem is fixed, a cell is explained, and a file of an answer is opened', async () => {
    await openChat(workbench);
    await workbench.openFromExplorer('orbits.py');
    await generateAndUndo(workbench);
    await fixProblem(workbench, chat);
    await explainCellAndInsertBelow(workbench, chat);
    await openFileOfQueuedAnswer(workbench, chat);
  });

  it('the current file is attached, two files are reviewed, and an unseen answer is counted', async () => {
    await askAboutCurrentFile(workbench, chat);
    await reviewTwoFiles(workbench, chat);
    await countUnseenAnswer(workbench, chat);
  });

  it('the walkthrough opens with its steps', async () => {
    await workbench.command('o1-mini: Get Started');
    await workbench.page.locator('.getting-started-step').nth(3).waitFor();
    await workbench.screenshot('oldest-vscode');
  });
});
