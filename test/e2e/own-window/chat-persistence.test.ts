import assert from 'node:assert/strict';
import {
  cpSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { untilFiles } from '../../support/folder-changes';
import { inRepository } from '../../support/paths';
import { recordFigure } from '../../support/promises';
import { mountSmallDisk, type SmallDisk } from '../../support/small-disk';
import { repeatUntil } from '../../support/workbench';
import { startWindows, type VsCodeWindow, type VsCodeWindows } from './vscode-windows';

/** Written by a version that had one folder of chats per workspace: by two windows of a folder, and one without a folder. */
const earlierFixture = inRepository('test/fixtures/earlier-storage');
const fixtureId = '7c97228d';
const truncatedFile = '00000000-0000-4000-8000-000000000001.json';
const invalidFile = '00000000-0000-4000-8000-000000000002.json';

describe('R8 In real windows, answers, drafts and chats are preserved', () => {
  let windows: VsCodeWindows;
  let disk: SmallDisk | undefined;
  let window: VsCodeWindow;

  before(async () => {
    windows = await startWindows((storage) => (disk = mountSmallDisk(storage, '4m')));
    window = await windows.open({ folder: windows.folder });
  });
  after(async () => {
    await windows.close();
    disk?.unmount();
  });

  const chatsFolder = (): string => join(windows.storage, 'chatSessions');
  const untilSaved = (text: string): Promise<void> =>
    untilFiles(chatsFolder(), (files) => files.some((file) => file.includes(text)));

  it('on a full disk, which the user is told, until the answer can be saved', async function () {
    if (!disk) return this.skip();
    disk.fill();
    windows.api.script({ kind: 'answer', text: `Kept in memory. ${'x'.repeat(20_000)}` });
    await window.chat.ask('Is there space?');
    await window.chat.until('Done');
    const alert = window.chat.alert.filter({ hasText: 'This chat is not saved' });
    await alert.filter({ hasText: 'The disk is full.' }).filter({ hasText: 'is kept in memory' }).waitFor();
    assert.equal(readdirSync(chatsFolder()).filter((name) => name.endsWith('.json')).length, 0);
    await window.newChat();
    await window.showHistory();
    await window.row('Is there space').click();
    await window.chat.answers.getByText('Kept in memory.').waitFor();
    disk.freeSpace();
    await untilSaved('Kept in memory.');
    await alert.waitFor({ state: 'detached' });
    recordFigure('R8', 'real window on a full disk: answer kept, reported, and saved once there was space');
  });

  it('when browser and server are killed during an answer, next to damaged files and those of earlier versions', async () => {
    await window.newChat();
    const received = 'Received before the end. ';
    const pending = 'Never received.';
    windows.api.script({
      kind: 'answer',
      text: '',
      deltas: [received, pending],
      until: new Promise(() => undefined),
    });
    await window.chat.ask('What is received?');
    await window.chat.answers.getByText(received.trim()).waitFor();
    await untilSaved(received);
    await window.write('Not sent yet');
    await windows.kill();

    const [id] = readdirSync(join(windows.userFolder, 'workspaceStorage')).sort();
    assert.ok(id);
    const earlier = addEarlierFiles(id);
    const before = contentsOf(earlier);
    damageFiles();

    await windows.restart();
    window = await windows.open({ folder: windows.folder });
    await window.chat.answers.getByText(received.trim()).waitFor();
    await window.chat.until('Incomplete|Stopped|Failed');
    await window.waitForText('Not sent yet');
    await window.showHistory();
    for (const name of ['What is received', 'Roots', 'The current chat', 'Asked in the second window'])
      await window.row(name).waitFor();
    recordFigure(
      'R8',
      'real window: browser and server killed during an answer, all received text preserved',
    );

    await window.notification('2 chat files are damaged. They were moved to');
    await window.page.keyboard.press('Escape');
    assert.deepEqual(readdirSync(join(chatsFolder(), 'damaged')).sort(), [truncatedFile, invalidFile]);
    recordFigure(
      'R8',
      'real window: a truncated file and an invalid one set aside and reported, the others listed',
    );

    assert.deepEqual(contentsOf(earlier), before);
    await window.row('Roots').focus();
    await window.page.keyboard.press('Delete');
    await window.row('Roots').waitFor({ state: 'detached' });
    await window.reload();
    await window.showHistory();
    await window.row('The current chat').waitFor();
    assert.deepEqual(
      [await window.row('Roots').count(), await window.row('The current chat').count()],
      [0, 1],
    );
    recordFigure('R8', 'real window: chats of an earlier version imported once, their files unchanged');
  });

  /** @returns the folders that an earlier version would have used for the workspace with this ID */
  function addEarlierFiles(id: string): readonly string[] {
    return ['', '-1'].map((ending) => {
      const target = join(windows.userFolder, 'workspaceStorage', id + ending, 'o1mini.o1-mini-chat');
      const source = join(earlierFixture, 'workspaceStorage', fixtureId + ending, 'o1mini.o1-mini-chat');
      cpSync(source, target, { recursive: true, preserveTimestamps: true });
      return target;
    });
  }

  /** Adds a truncated chat file and an invalid one. */
  function damageFiles(): void {
    const [name] = readdirSync(chatsFolder()).filter((each) => each.endsWith('.json'));
    assert.ok(name);
    cpSync(join(chatsFolder(), name), join(chatsFolder(), truncatedFile));
    truncateSync(join(chatsFolder(), truncatedFile), statSync(join(chatsFolder(), truncatedFile)).size - 40);
    writeFileSync(join(chatsFolder(), invalidFile), '\0garbage');
  }

  it('when the tab opens another folder, which has its own chats and draft, and returns', async () => {
    await window.newChat();
    await window.chat.ask('Asked in this folder');
    await window.chat.until('Done');
    await window.write('Draft of this folder');
    await window.goTo({ folder: windows.other });
    await window.waitForText('');
    assert.equal(await window.chat.questions.count(), 0);
    // The draft is offered to others only when its window is known to be closed.
    await repeatUntil(window.row('Draft of this folder'), () => window.showHistory());
    assert.equal(await window.row('Asked in this folder').count(), 0);
    await window.page.keyboard.press('Escape');
    assert.equal(await window.chat.box.inputValue(), '');
    await window.write('Draft of the other folder');
    await window.goTo({ folder: windows.folder });
    await window.waitForText('Draft of this folder');
    await window.chat.questions.getByText('Asked in this folder').waitFor();
    recordFigure('R8', 'real window: a tab that opens another folder and returns, both drafts preserved');
  });

  it('when a folder is opened by a symbolic link, so that the folder and the link have the same chats', async () => {
    const link = join(windows.folder, '..', 'link');
    symlinkSync(windows.folder, link);
    await window.goTo({ folder: link });
    await window.showHistory();
    await window.row('Asked in this folder').waitFor();
    await window.newChat();
    await window.chat.ask('Asked through the link');
    await window.chat.until('Done');
    await window.goTo({ folder: windows.folder });
    await window.showHistory();
    await window.row('Asked through the link').waitFor();
    recordFigure('R8', 'real window: a folder and a symbolic link to it list each other’s chats');
  });

  it('when two windows without a folder are reloaded, each with its own draft and chat', async () => {
    const pair = [await windows.open({}), await windows.open({})] as const;
    for (const [index, each] of pair.entries()) {
      await each.newChat();
      await each.chat.ask(`Asked in window ${index}`);
      await each.chat.until('Done');
      await each.write(`Draft of window ${index}`);
    }
    for (const each of pair) await each.reload();
    for (const [index, each] of pair.entries()) {
      await each.show();
      await each.waitForText(`Draft of window ${index}`);
      await each.chat.questions.getByText(`Asked in window ${index}`).waitFor();
    }
    for (const each of pair) {
      await each.show();
      await each.showHistory();
      for (const index of pair.keys()) await each.row(`Asked in window ${index}`).waitFor();
    }
    recordFigure('R8', 'real windows without a folder: two reloaded, each with its own draft and chat');
  });
});

/** The times and contents of all files below these folders. */
function contentsOf(folders: readonly string[]): ReadonlyMap<string, string> {
  const paths = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  return new Map(
    paths
      .filter((path) => statSync(path).isFile())
      .map((path) => [path, `${statSync(path).mtimeMs} ${readFileSync(path, 'utf8')}`]),
  );
}
