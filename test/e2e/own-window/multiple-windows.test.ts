import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordFigure } from '../../support/promises';
import { startWindows, type VsCodeWindows } from './vscode-windows';

describe('R8 Whatever happens to windows and workspaces, no chat and no draft is lost', () => {
  let windows: VsCodeWindows;

  beforeEach(async () => {
    windows = await startWindows();
  });
  afterEach(() => windows.close());

  it('when a folder is added, a workspace is saved, or the window is reloaded', async () => {
    const { folder, other } = windows;
    const window = await windows.open({ folder });
    await window.chat.ask('Asked in one folder');
    await window.chat.until('Done');
    await window.write('Draft of the window');
    const workspace = join(folder, '..', 'both.code-workspace');
    writeFileSync(workspace, JSON.stringify({ folders: [folder, other].map((path) => ({ path })) }));
    // Like VS Code in a browser, which opens the address of the new workspace when a folder is added.
    for (const load of [() => window.goTo({ workspace }), () => window.reload()]) {
      await load();
      await window.waitForText('Draft of the window');
      await window.chat.questions.getByText('Asked in one folder').waitFor();
    }
    await window.showHistory();
    await window.row('Asked in one folder').waitFor();
    await window.page.close();
    recordFigure('R8', 'real window: folder added and workspace saved, chats and draft preserved');
  });

  it('when two windows of one folder continue the same chat, and each shows the questions of the other', async () => {
    const first = await windows.open({ folder: windows.other });
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
    recordFigure('R8', 'real windows: two with the same chat show each other’s questions');
  });
});
