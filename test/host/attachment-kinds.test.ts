import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createAttachmentResolver } from '../../src/host/attachments/attachment-resolver';
import { realpath as realPathOf } from 'node:fs/promises';
import type { AttachedItemView, CompletionView } from '../../src/protocol/messages';
import { withGit } from './with-git';
import { withSettings } from './with-settings';
import { clock, createAttachmentTestContext } from './attachment-test-context';

describe('The attachment model', () => {
  const context = createAttachmentTestContext();
  const { root, ask, next, settled, drop, file, sent, refused, complete } = context;

  it('attaches the selection as it is at that moment', async () => {
    const editor = await vscode.window.showTextDocument(vscode.Uri.file(file('selected.py', 'a\nb\nc\n')));
    editor.selection = new vscode.Selection(0, 0, 1, 1);
    await settled(() => ask({ type: 'attachSelection' }));
    editor.selection = new vscode.Selection(2, 0, 2, 1);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'new'));
    const [attachment] = await sent();
    assert.deepEqual([attachment?.label, attachment?.content], ['selected.py:1-2', 'a\nb']);
  });

  it('attaches pasted code with the file and lines that it was copied from', async () => {
    await vscode.window.showTextDocument(vscode.Uri.file(file('from.py', 'a = 1\nb = 2\nc = 3\n')));
    const chips = await settled(() =>
      ask({ type: 'paste', id: 'p', text: 'b = 2\nc = 3\n', language: 'python' }),
    );
    assert.deepEqual([chips[0]?.label, chips[0]?.pasted], ['from.py:2-3', true]);
    const inserted = await next(
      (message) => (message.type === 'insertText' ? message.text : undefined),
      () => ask({ type: 'pasteAsText', id: 'p' }),
    );
    assert.equal(inserted, 'b = 2\nc = 3\n');
    assert.deepEqual(await sent(), []);
  });

  it('attaches pasted code without a file if two visible files contain it', async () => {
    for (const [name, viewColumn] of [
      ['one.py', vscode.ViewColumn.One],
      ['two.py', vscode.ViewColumn.Two],
    ] as const) {
      const uri = vscode.Uri.file(file(name, 'a = 1\nboth = 2\n'));
      await vscode.window.showTextDocument(uri, { viewColumn });
    }
    const chips = await settled(() =>
      ask({ type: 'paste', id: 'p', text: 'a = 1\nboth = 2\n', language: 'python' }),
    );
    assert.doesNotMatch(chips[0]?.label ?? '', /\.py/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('attaches the problems of a file, if there are any', async () => {
    const collection = vscode.languages.createDiagnosticCollection('test');
    const uri = vscode.Uri.file(file('wrong.py'));
    await vscode.window.showTextDocument(uri);
    try {
      const range = new vscode.Range(0, 4, 0, 5);
      collection.set(uri, [new vscode.Diagnostic(range, 'is not defined', vscode.DiagnosticSeverity.Error)]);
      const item = (await complete('problems')).find(({ label }) => label === 'Problems in wrong.py');
      assert.ok(item);
      await settled(() => ask({ type: 'acceptCompletion', item: item.id }));
      assert.equal((await sent())[0]?.content, 'wrong.py:1:5: error: is not defined');
      collection.clear();
      assert.equal((await refused()).explanation, 'Problems in wrong.py: there are no problems.');
    } finally {
      collection.dispose();
    }
  });

  it('attaches a symbol of the workspace, and finds it after it has moved', async () => {
    const path = file('symbols.invented', 'one\nfunction two() {\n}\n');
    const uri = vscode.Uri.file(path);
    let start = 1;
    const range = (): vscode.Range => new vscode.Range(start, 0, start + 1, 1);
    const symbols = vscode.Disposable.from(
      vscode.languages.registerWorkspaceSymbolProvider({
        provideWorkspaceSymbols: () => [
          new vscode.SymbolInformation(
            'two',
            vscode.SymbolKind.Function,
            '',
            new vscode.Location(uri, range()),
          ),
        ],
      }),
      vscode.languages.registerDocumentSymbolProvider(
        { pattern: '**/*.invented' },
        {
          provideDocumentSymbols: () => [
            new vscode.DocumentSymbol('two', '', vscode.SymbolKind.Function, range(), range()),
          ],
        },
      ),
    );
    try {
      const items = await next(
        (message) => {
          if (message.type !== 'response') return undefined;
          return (message.result as readonly CompletionView[]).find(({ label }) => label === 'two');
        },
        () => ask({ type: 'completeSymbols', requestId: 1, typed: 'two' }),
      );
      await settled(() => ask({ type: 'acceptCompletion', item: items.id }));
      writeFileSync(path, 'one\n\nfunction two() {\n}\n');
      start = 2;
      const [attachment] = await sent();
      assert.deepEqual(
        [attachment?.label, attachment?.content],
        ['symbols.invented:3-4', 'function two() {\n}'],
      );
    } finally {
      symbols.dispose();
    }
  });

  it('attaches the Git changes, or says why there are none', async () => {
    const [chip] = await attachChanges();
    assert.match(chip?.reason ?? '', /Git is not available|no Git repository|no changes/);
    assert.match((await refused()).explanation, /^Git Changes: /);
  });

  /** The Git extension with these repositories, and an event for those opened later. */
  const gitOf = (
    repositories: readonly object[],
    onDidOpenRepository: vscode.Event<object> = new vscode.EventEmitter<object>().event,
  ): object => ({ enabled: true, getAPI: () => ({ repositories, onDidOpenRepository }) });
  const repositoryOf = (diff: (cached: boolean) => Promise<string>): object => ({
    diff,
    state: { onDidChange: new vscode.EventEmitter<void>().event },
  });
  /** Runs a check with a repository that has this diff. */
  const withRepository = (
    diff: (cached: boolean) => Promise<string>,
    check: () => Promise<void>,
  ): Promise<void> => withGit(gitOf([repositoryOf(diff)]), check);

  async function attachChanges(): Promise<readonly AttachedItemView[]> {
    const item = (await complete('changes')).find(({ label }) => label === 'Git Changes');
    assert.ok(item);
    return settled(() => ask({ type: 'acceptCompletion', item: item.id }));
  }

  it('attaches all changes since the last commit, staged changes first', async () => {
    const diff = (cached: boolean): Promise<string> => Promise.resolve(cached ? 'staged\n' : 'not staged\n');
    await withRepository(diff, async () => {
      await attachChanges();
      const [attachment] = await sent();
      assert.deepEqual([attachment?.language, attachment?.content], ['diff', 'staged\n\nnot staged\n']);
    });
  });

  it('attaches the changes as soon as Git has opened the repository', async () => {
    const repositories: object[] = [];
    const opened = new vscode.EventEmitter<object>();
    const { promise: listening, resolve } = Promise.withResolvers<undefined>();
    const onDidOpenRepository: vscode.Event<object> = (listener) => {
      resolve(undefined);
      return opened.event(listener);
    };
    await withGit(gitOf(repositories, onDidOpenRepository), async () => {
      assert.equal((await attachChanges())[0]?.reason, 'no Git repository is open');
      const repository = repositoryOf((cached) => Promise.resolve(cached ? '' : 'changed\n'));
      await listening;
      await next(
        (message) =>
          message.type === 'attachments' && message.attachments[0]?.reason === undefined ? true : undefined,
        () => {
          repositories.push(repository);
          opened.fire(repository);
          clock.advance(1000);
        },
      );
      assert.equal((await sent())[0]?.content, 'changed\n');
    });
  });

  it('reads an attachment once for its chip and all estimates, and again when the question is sent', async () => {
    let read = 0;
    const diff = (cached: boolean): Promise<string> => Promise.resolve(cached ? `${++read}` : '');
    await withRepository(diff, async () => {
      await attachChanges();
      const before = read;
      for (let estimate = 0; estimate < 3; estimate++) {
        assert.equal((await context.attachments.read())[0]?.content, `${before}`);
      }
      assert.equal((await sent())[0]?.content, `${before + 1}`);
    });
  });

  it('rejects an attachment with a message if reading it fails, and keeps the others', async () => {
    const path = file('usable.py');
    await drop(path);
    await withRepository(
      () => Promise.reject(new Error('fatal: not a git repository')),
      async () => {
        const chips = await attachChanges();
        assert.deepEqual(
          chips.map(({ reason }) => reason),
          [undefined, 'cannot be read'],
        );
        assert.equal((await refused()).explanation, 'Git Changes: cannot be read.');
      },
    );
  });

  it('completes file names, best match first, and accepts only items that it has offered', async () => {
    const items = await complete('orbi');
    assert.deepEqual([items[0]?.label, items[0]?.icon], ['orbits.py', 'file']);
    ask({ type: 'acceptCompletion', item: 'file:///etc/passwd' });
    assert.deepEqual(await sent(), []);
    await settled(() => ask({ type: 'acceptCompletion', item: items[0]?.id ?? '' }));
    assert.equal((await sent())[0]?.label, 'orbits.py');
  });

  it('completes the built-in prompts, and those of the user in place of them or next to them', async () => {
    const builtIn = await complete('', true);
    assert.deepEqual(
      builtIn.map(({ label }) => label),
      ['/explain', '/problem', '/fix', '/refactor', '/tests', '/document', '/review', '/commit', '/math'],
    );
    const prompts = [
      { name: 'haiku', prompt: 'Write a haiku.' },
      { name: 'fix', prompt: 'Mend it.', description: 'Mend' },
    ];
    await withSettings({ prompts }, async () => {
      const [fix] = await complete('fix', true);
      assert.deepEqual([fix?.text, fix?.detail], ['Mend it.', 'Mend']);
      assert.deepEqual(
        (await complete('haik', true)).map(({ text }) => text),
        ['Write a haiku.'],
      );
      assert.equal((await complete('', true)).length, 10);
    });
  });

  it('opens an attachment in its file, or as a read-only document if it has no file', async () => {
    const [chip] = await drop(file('opened.py'));
    const shown = (scheme: string): Promise<vscode.TextEditor> =>
      new Promise((resolve) => {
        const listener = vscode.window.onDidChangeActiveTextEditor((editor) => {
          if (editor?.document.uri.scheme !== scheme) return;
          listener.dispose();
          resolve(editor);
        });
      });
    const opening = shown('file');
    ask({ type: 'openAttachment', id: chip?.id ?? '' });
    assert.equal((await opening).document.uri.fsPath, join(root(), 'opened.py'));
    ask({ type: 'paste', id: 'p', text: 'not in\nany file', language: 'python' });
    const readOnly = shown('o1mini-attached');
    ask({ type: 'openAttachment', id: 'p' });
    assert.equal((await readOnly).document.getText(), 'not in\nany file');
  });

  it('returns the earlier questions of this chat and of this window', async () => {
    context.draft.update({ asked: ['Why?', 'Who?'] });
    const questions = await next(
      (message) => (message.type === 'response' ? message.result : undefined),
      () => ask({ type: 'promptHistory', requestId: 1 }),
    );
    assert.deepEqual(questions, ['Who?', 'Why?']);
  });

  it('attaches a file in its language as soon as VS Code can detect it, even if that failed before', async () => {
    const path = join(root(), 'not-yet.py');
    const uri = vscode.Uri.file(path).toString();
    const resolve = createAttachmentResolver({
      readRegularFile: () =>
        Promise.resolve({ kind: 'read', bytes: new TextEncoder().encode('x'), realPath: path }),
      realPathOf,
    });
    const language = async (): Promise<string | undefined> => {
      const resolved = await resolve({ kind: 'file', id: 'f', uri });
      return resolved.kind === 'usable' ? resolved.attachment.language : undefined;
    };
    assert.equal(await language(), '');
    file('not-yet.py');
    assert.equal(await language(), 'python');
  });
});
