import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createGhostTextDecorations, type GhostText } from '../../src/host/editor/generation/ghost-text';

describe('The preview of generated code', () => {
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  /** The texts that are shown, with the line of each, and where replaced code is marked. */
  async function shownIn(
    content: string,
    ghost: GhostText,
  ): Promise<{ readonly lines: readonly string[]; readonly marked: number }> {
    const document = await vscode.workspace.openTextDocument({ content });
    const calls: (readonly (vscode.DecorationOptions | vscode.Range)[])[] = [];
    const editor = {
      document,
      options: { insertSpaces: true, tabSize: 2 },
      setDecorations: (_type: unknown, options: readonly vscode.DecorationOptions[]) => calls.push(options),
    };
    const ghosts = createGhostTextDecorations();
    ghosts.show(editor as unknown as vscode.TextEditor, ghost);
    ghosts.dispose();
    const [marks = [], options = []] = calls;
    const texts = options as readonly vscode.DecorationOptions[];
    return {
      marked: marks.length,
      lines: texts.map(
        ({ range, renderOptions }) =>
          `${range.start.line}:${renderOptions?.after?.contentText?.replaceAll('\u00a0', ' ')}`,
      ),
    };
  }

  const at = (line: number, character = 0): vscode.Range =>
    new vscode.Range(line, character, line, character);
  const code = (...lines: readonly string[]): GhostText['block'] => ({
    code: `${lines.join('\n')}\n`,
    language: 'c',
  });

  it('begins at the cursor and continues beside the lines below, with the rest in the last of them', async () => {
    const ghost = { range: at(1), block: code('a {', '\tb', '}', 'c', 'd') };
    const { lines, marked } = await shownIn('x\n\ny\nz', ghost);
    assert.deepEqual(lines, ['1:a {', '2:│   b', '3:│ } ⏎ c ⏎ d']);
    assert.equal(marked, 0);
  });

  it('says how many lines do not fit', async () => {
    const long = Array.from({ length: 20 }, (_, index) => `line ${index} ${'x'.repeat(30)}`);
    const { lines } = await shownIn('', { range: at(0), block: code(...long) });
    assert.match(lines[0] ?? '', /^0:line 0 x+ ⏎ line 1 x+ ⏎ .* … and 16 more lines$/);
  });

  it('says how many characters of a long line are not shown', async () => {
    const hidden = `x = 1${' '.repeat(200)}; evil()`;
    const { lines } = await shownIn('x\n\ny', { range: at(1), block: code(hidden, hidden) });
    assert.match(lines[0] ?? '', /^1:x = 1 {195} … and 13 more characters$/);
    assert.match(lines[1] ?? '', /^2:│ x = 1 {195} … and 13 more characters$/);
  });

  it('says how many lines follow a long one', async () => {
    const { lines } = await shownIn('', { range: at(0), block: code('y'.repeat(250), 'evil()', 'b') });
    assert.match(lines[0] ?? '', /^0:y{200} … and 50 more characters … and 2 more lines$/);
    const [short] = (await shownIn('', { range: at(0), block: code('a', 'y'.repeat(250)) })).lines;
    assert.equal(short, '0:a … and 1 more line');
  });

  it('says that the model is thinking until there is code', async () => {
    assert.deepEqual((await shownIn('x', { range: at(0, 1), block: undefined })).lines, ['0:Thinking…']);
  });

  it('marks the code that is replaced', async () => {
    const { marked } = await shownIn('xyz', { range: new vscode.Range(0, 0, 0, 3), block: code('a') });
    assert.equal(marked, 1);
  });

  describe('S6 Hidden characters', () => {
    it('are shown by their numbers', async () => {
      const { lines } = await shownIn('', { range: at(0), block: code('a\u202eb') });
      assert.deepEqual(lines, ['0:a[U+202E]b']);
    });
  });
});
