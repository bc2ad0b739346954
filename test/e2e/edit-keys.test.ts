import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator, Locator } from 'playwright-core';
import { recordFigure } from '../support/promises';
import { useChat } from './use-chat';

/** Keys that undo, redo, cut, paste, delete or select text on any platform. */
const editKeys = [
  'Control+z',
  'Control+z',
  'Control+z',
  'Control+y',
  'Control+Shift+Z',
  'Alt+Backspace',
  'Alt+Shift+Backspace',
  'Meta+z',
  'Meta+Shift+Z',
  'Control+a',
  'Control+x',
  'Control+v',
  'Shift+Insert',
  'Shift+Delete',
  'Control+Insert',
  'Control+Shift+V',
  'Backspace',
  'Delete',
  'Control+z',
  'Control+z',
  'Control+Shift+Z',
];

/** An image of one pixel. */
const pixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const notebook = {
  cells: [
    { cell_type: 'code', execution_count: null, id: 'a', metadata: {}, outputs: [], source: ['one'] },
    { cell_type: 'code', execution_count: null, id: 'b', metadata: {}, outputs: [], source: ['two'] },
  ],
  metadata: { language_info: { name: 'python' } },
  nbformat: 4,
  nbformat_minor: 5,
};

describe('R7 No key that is pressed in the panel changes a document', () => {
  const { workbench, chat } = useChat({ newChat: 'eachTest' });

  before(() => {
    writeFileSync(join(workbench.folder, 'keys.md'), 'first line\n');
    writeFileSync(join(workbench.folder, 'keys.png'), Buffer.from(pixel, 'base64'));
    writeFileSync(join(workbench.folder, 'keys.ipynb'), JSON.stringify(notebook));
  });
  afterEach(() => workbench.closeEditors());
  after(() => chat.box.fill(''));

  const bytes = (name: string): string => readFileSync(join(workbench.folder, name), 'utf8');
  const dirtyTabs = (): Promise<number> => workbench.page.locator('.part.editor .tab.dirty').count();
  const activeEditor = (): Locator => workbench.page.locator('.part.editor .editor-group-container.active');

  const focusedEditor = (): Locator => workbench.page.locator('.monaco-editor.focused').first();

  /** The page that an extension of VS Code shows in an editor. */
  const webviewOf = (extension: string): FrameLocator =>
    workbench.page
      .locator(`iframe.webview[src*="${extension}"]`)
      .last()
      .contentFrame()
      .frameLocator('iframe#active-frame');

  /** Opens the file from the Explorer in its default editor. */
  async function open(name: string): Promise<void> {
    await workbench.press('showExplorer');
    await workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: name }).dblclick();
    await workbench.page.locator('.part.editor .tab.active', { hasText: name }).waitFor();
  }

  /** Types text into the active editor, which becomes its last undo step. */
  async function type(text: string): Promise<void> {
    await focusedEditor().waitFor();
    await workbench.page.keyboard.press('Control+Home');
    await workbench.page.keyboard.type(text);
  }

  async function save(): Promise<void> {
    await workbench.page.keyboard.press('Control+s');
    await workbench.page.locator('.part.editor .tab.dirty').waitFor({ state: 'detached' });
  }

  /** Presses all keys in the question box, the conversation and the history, and checks undo and redo in the text fields. */
  async function pressAll(): Promise<void> {
    await workbench.press('openChat');
    await chat.box.fill('');
    await chat.box.focus();
    await workbench.page.keyboard.type('some words ');
    await workbench.page.keyboard.press('Control+z');
    assert.equal(await chat.box.inputValue(), 'some ');
    await workbench.page.keyboard.press('Control+y');
    assert.equal(await chat.box.inputValue(), 'some words ');
    for (const key of editKeys) await workbench.page.keyboard.press(key);
    await chat.log.focus();
    for (const key of editKeys) await workbench.page.keyboard.press(key);
    await chat
      .button('History')
      .or(workbench.panel().getByRole('button', { name: 'History' }))
      .first()
      .click();
    const search = workbench.panel().getByRole('searchbox', { name: 'Search Chats' });
    await search.focus();
    await workbench.page.keyboard.type('find me ');
    await workbench.page.keyboard.press('Control+z');
    assert.equal(await search.inputValue(), 'find ');
    for (const key of editKeys) await workbench.page.keyboard.press(key);
    await workbench.panel().getByRole('button', { name: 'Back to Chat' }).click();
    await chat.box.focus();
  }

  it('in a text editor', async () => {
    await open('keys.md');
    await type('textual');
    await save();
    const before = bytes('keys.md');
    await pressAll();
    assert.deepEqual([bytes('keys.md'), await dirtyTabs()], [before, 0]);
    await workbench.press('focusEditor');
    await focusedEditor().waitFor();
    await workbench.page.keyboard.press('Control+z');
    assert.equal(await workbench.editorText(), before.replace('textual', ''));
  });

  it('in a custom editor, such as the Markdown preview', async () => {
    await open('keys.md');
    await type('custom');
    await save();
    const before = bytes('keys.md');
    await workbench.command('View: Reopen Editor With...');
    await workbench.choose('Markdown Preview');
    const preview = webviewOf('markdown-language-features');
    await preview.getByText('custom').waitFor();
    await pressAll();
    assert.deepEqual([bytes('keys.md'), await dirtyTabs()], [before, 0]);
    await preview.locator('body').click();
    await workbench.page.keyboard.press('Control+z');
    await preview.getByText('custom').waitFor({ state: 'detached' });
    await workbench.page.keyboard.press('Control+y');
    await preview.getByText('custom').waitFor();
  });

  it('in a notebook', async () => {
    await open('keys.ipynb');
    const cells = workbench.page.locator('.notebookOverlay .cell-list-container');
    await cells.getByText('one').click();
    await type('cell');
    await save();
    const before = bytes('keys.ipynb');
    await pressAll();
    assert.deepEqual([bytes('keys.ipynb'), await dirtyTabs()], [before, 0]);
    await cells.getByText('cellone').click();
    await workbench.page.keyboard.press('Control+z');
    await cells.getByText('one', { exact: true }).waitFor();
    await cells.getByText('two').waitFor();
  });

  it('in an image', async () => {
    await open('keys.png');
    // An image that is still being loaded takes the focus later.
    await webviewOf('media-preview').locator('img').waitFor();
    const before = bytes('keys.png');
    await pressAll();
    assert.deepEqual([bytes('keys.png'), await dirtyTabs()], [before, 0]);
  });

  it('in a diff with an editable right side', async () => {
    await open('keys.md');
    await type('diff');
    await workbench.command('File: Compare Active File with Saved');
    const right = activeEditor().locator('.monaco-diff-editor .modified');
    await right.getByText('diff').first().waitFor();
    const before = [bytes('keys.md'), await dirtyTabs()];
    await pressAll();
    assert.deepEqual([bytes('keys.md'), await dirtyTabs()], before);
    await right.getByText('diff').first().click();
    await workbench.page.keyboard.press('Control+z');
    await right.getByText('diff').first().waitFor({ state: 'detached' });
    recordFigure(
      'R7',
      `${3 * editKeys.length} edit keys with each of 5 kinds of editor active, 0 documents changed`,
    );
  });
});
