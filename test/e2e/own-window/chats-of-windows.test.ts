import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordFigure } from '../../support/promises';
import { startWindows, type VsCodeWindows } from './vscode-windows';

describe('R8 Whatever happens to windows and workspaces, no chat and no draft disappears', () => {
  let windows: VsCodeWindows;

  before(async () => {
    windows = await startWindows();
  });
  after(() => windows.close());

  it('when a folder is added, a workspace is saved, or the window is loaded anew', async () => {
    const { folder, other } = windows;
    const window = await windows.open({ folder });
    await window.chat.ask('Asked in one folder');
    await window.chat.until('Done');
    await window.write('Draft of the window');
    const workspace = join(folder, '..', 'both.code-workspace');
    writeFileSync(workspace, JSON.stringify({ folders: [folder, other].map((path) => ({ path })) }));
    // As VS Code itself does when a folder is added in a browser: it goes to the address of the new workspace.
    for (const go of [() => window.goTo({ workspace }), () => window.reload()]) {
      await go();
      await window.untilWritten('Draft of the window');
      await window.chat.questions.getByText('Asked in one folder').waitFor();
    }
    await window.showHistory();
    await window.row('Asked in one folder').waitFor();
    await window.page.close();
    recordFigure('R8', 'real window: folder added and workspace saved, chats and draft there');
  });

  it('when two windows of one folder go on with the same chat, each sees what the other has asked', async () => {
    const first = await windows.open({ folder: windows.other });
    // A window goes on with the chat that another left behind.
    if (await first.chat.questions.count()) await first.newChat();
    await first.chat.ask('Asked in the first window');
    await first.chat.until('Done');
    const second = await windows.open({ folder: windows.other });
    await second.showHistory();
    await second.row('Asked in the first window').click();
    await second.chat.questions.getByText('Asked in the first window').waitFor();
    await second.chat.ask('Asked in the second window');
    await second.chat.until('Done');
    await first.chat.questions.getByText('Asked in the second window').waitFor();
    await first.chat.ask('And again in the first');
    await second.chat.questions.getByText('And again in the first').waitFor();
    recordFigure('R8', 'real windows: two on one chat see each other’s questions');
  });
});
