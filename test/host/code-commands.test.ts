import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Question } from '../../src/core/chat/conversation';
import type { Attachment } from '../../src/core/prompt/attachment';
import type { AttachmentEntry } from '../../src/host/attachments/attachment-entry';
import {
  askAboutCode,
  composeAboutCode,
  type CodeActionTarget,
  type SelectionCommandServices,
} from '../../src/host/commands/selection-commands';
import { withDialogs } from './dialogs';
import { withSettings } from './with-settings';

const code = [
  'from math import pi',
  'from orbits import (',
  '    Star,',
  ')',
  '',
  'class Planet(Star):',
  '    mass = 1',
  '',
  '    def period(',
  '        self,',
  '        radius,',
  '    ):',
  '        return 2 * pi * radius',
  '',
  '',
].join('\n');

/** The question, the attachments and the content of the question box after a command. */
interface CommandResult {
  readonly questions: Question[];
  readonly entries: AttachmentEntry[];
  readonly composed: { readonly withSelection: boolean }[];
}

describe('A command about code', () => {
  let document: vscode.TextDocument;
  let editor: vscode.TextEditor;
  let provideSymbols: () => vscode.ProviderResult<vscode.DocumentSymbol[]>;
  let registrations: vscode.Disposable;
  const problems = vscode.languages.createDiagnosticCollection('test');

  before(() => {
    const provider = { provideDocumentSymbols: () => provideSymbols() };
    registrations = vscode.Disposable.from(
      vscode.languages.registerDocumentSymbolProvider({ scheme: 'untitled' }, provider),
      problems,
    );
  });
  after(() => void registrations.dispose());

  beforeEach(async () => {
    provideSymbols = () => [
      symbol('Planet', vscode.SymbolKind.Class, 5, 12, [
        symbol('mass', vscode.SymbolKind.Field, 6, 6),
        symbol('period', vscode.SymbolKind.Method, 8, 12),
      ]),
    ];
    await open(code);
  });
  afterEach(() => problems.clear());

  async function open(content: string): Promise<void> {
    document = await vscode.workspace.openTextDocument({ content, language: 'plaintext' });
    editor = await vscode.window.showTextDocument(document);
  }

  function symbol(
    name: string,
    kind: vscode.SymbolKind,
    from: number,
    to: number,
    children: vscode.DocumentSymbol[] = [],
  ): vscode.DocumentSymbol {
    // Like most language extensions, without the indentation.
    const start = document.lineAt(from).firstNonWhitespaceCharacterIndex;
    const range = new vscode.Range(from, start, to, document.lineAt(to).text.length);
    const result = new vscode.DocumentSymbol(name, '', kind, range, range);
    result.children = children;
    return result;
  }

  function select(...positions: readonly [number, number, number, number]): void {
    editor.selection = new vscode.Selection(...positions);
  }

  async function resultOf(
    command: (services: SelectionCommandServices) => Promise<void>,
    active: SelectionCommandServices['editor'] = { current: editor },
  ): Promise<CommandResult> {
    const result: CommandResult = { questions: [], entries: [], composed: [] };
    await command({
      editor: active,
      attachments: { add: (entries) => void result.entries.push(...entries) },
      ask: (question) => {
        result.questions.push(question);
        return Promise.resolve();
      },
      compose: (options) => {
        result.composed.push(options);
        return Promise.resolve();
      },
    });
    return result;
  }

  async function attachmentsOf(
    prompt: Parameters<typeof askAboutCode>[0],
    target?: CodeActionTarget,
  ): Promise<readonly Attachment[]> {
    const { questions } = await resultOf((services) => askAboutCode(prompt, target, services));
    return questions[0]?.attachments ?? [];
  }

  it('asks about the selection with its lines and language', async () => {
    select(12, 8, 12, 14);
    const [first] = await attachmentsOf('review');
    assert.deepEqual(
      [first?.kind, first?.content, first?.language, first?.source?.lines],
      ['selection', 'return', 'plaintext', [13, 13]],
    );
  });

  it('asks about the code as it was selected, if the file is edited while a language extension is starting', async () => {
    const symbols = provideSymbols();
    select(12, 8, 12, 14);
    provideSymbols = async () => {
      const edit = new vscode.WorkspaceEdit();
      edit.delete(document.uri, new vscode.Range(0, 0, 4, 0));
      await vscode.workspace.applyEdit(edit);
      return symbols;
    };
    assert.deepEqual(
      (await attachmentsOf('review')).map(({ kind, content }) => [kind, content]),
      [['selection', 'return']],
    );
  });

  it('asks about the innermost function around the cursor if nothing is selected', async () => {
    select(12, 10, 12, 10);
    const [first] = await attachmentsOf('explain');
    assert.deepEqual([first?.kind, first?.source?.lines], ['symbol', [9, 13]]);
    assert.equal(first?.content, code.split('\n').slice(8, 13).join('\n'));
  });

  it('attaches the imports and the enclosing declarations, without repeating lines', async () => {
    select(12, 8, 12, 14);
    const surroundings = (await attachmentsOf('explain')).find(({ kind }) => kind === 'surroundings');
    assert.equal(
      surroundings?.content,
      [
        'from math import pi',
        'from orbits import (',
        '    Star,',
        ')',
        '',
        'class Planet(Star):',
        '    def period(',
        '        self,',
        '        radius,',
        '    ):',
      ].join('\n'),
    );
    select(0, 0, 14, 0);
    assert.deepEqual(
      (await attachmentsOf('explain')).map(({ kind }) => kind),
      ['selection'],
    );
  });

  it('sends the prompt from the settings instead of the built-in one', () =>
    withSettings({ prompts: [{ name: 'tests', prompt: 'Test it with pytest.' }] }, async () => {
      select(12, 8, 12, 14);
      const { questions } = await resultOf((services) => askAboutCode('tests', undefined, services));
      assert.equal(questions[0]?.text, 'Test it with pytest.');
      const other = await resultOf((services) => askAboutCode('document', undefined, services));
      assert.match(other.questions[0]?.text ?? '', /documentation comments/);
    }));

  it('attaches the errors and warnings of code that is to be fixed', async () => {
    problems.set(document.uri, [
      new vscode.Diagnostic(new vscode.Range(12, 15, 12, 16), 'in the code'),
      new vscode.Diagnostic(new vscode.Range(12, 8, 12, 9), 'a hint', vscode.DiagnosticSeverity.Hint),
      new vscode.Diagnostic(new vscode.Range(0, 0, 0, 4), 'elsewhere'),
    ]);
    select(12, 8, 12, 30);
    const attached = (await attachmentsOf('fix')).find(({ kind }) => kind === 'problems');
    assert.match(attached?.content ?? '', /:13:16: error: in the code$/);
    assert.ok(!(await attachmentsOf('refactor')).some(({ kind }) => kind === 'problems'));
  });

  it('attaches the function, source, code and related locations of a problem', async () => {
    const diagnostic = new vscode.Diagnostic(new vscode.Range(12, 15, 12, 16), '[2](command:x) is wrong');
    diagnostic.source = 'ruff';
    diagnostic.code = 'E501';
    const location = new vscode.Location(document.uri, new vscode.Position(0, 17));
    diagnostic.relatedInformation = [new vscode.DiagnosticRelatedInformation(location, 'pi is from here')];
    const target = { document, range: diagnostic.range, diagnostics: [diagnostic] };
    const [first, second] = await attachmentsOf('fix', target);
    assert.deepEqual(first?.source?.lines, [9, 13]);
    assert.match(
      second?.content ?? '',
      /:13:16: error: \[2\]\(command:x\) is wrong \(ruff E501\)\n {2}\S+:1:18: pi is from here$/,
    );
    const unused = new vscode.Diagnostic(new vscode.Range(6, 4, 6, 8), 'unused');
    const [line] = await attachmentsOf('problem', { document, range: unused.range, diagnostics: [unused] });
    assert.equal(line?.source?.lines?.[0], 6, 'the class, because there is no function');
  });

  it('attaches the lines of a problem if no extension provides functions', async () => {
    const diagnostic = new vscode.Diagnostic(new vscode.Range(12, 15, 12, 16), 'wrong');
    const target = { document, range: diagnostic.range, diagnostics: [diagnostic] };
    const fail = (): never => {
      throw new Error('The extension failed.');
    };
    for (const provider of [() => [], fail]) {
      provideSymbols = provider;
      const [first] = await attachmentsOf('fix', target);
      assert.equal(first?.content, '        return 2 * pi * radius');
    }
  });

  it('explains why it asks nothing without an editor, outside functions and in an empty file', () =>
    withDialogs(
      () => undefined,
      async (shown) => {
        const explain = (services: SelectionCommandServices): Promise<void> =>
          askAboutCode('explain', undefined, services);
        const results: CommandResult[] = [];
        results.push(await resultOf(explain, { current: undefined }));
        select(4, 0, 4, 0);
        results.push(await resultOf(explain));
        provideSymbols = () => [];
        await open('');
        results.push(await resultOf(explain));
        assert.deepEqual(
          results.map(({ questions }) => questions.length),
          [0, 0, 0],
        );
        assert.equal(shown.length, 3);
        assert.match(shown[0]?.message ?? '', /No text editor is open/);
        assert.match(shown[1]?.message ?? '', /No code is selected, and the cursor is not in a function/);
      },
    ));

  it('reads only the first lines of a file of 100,000 lines for its imports', async () => {
    provideSymbols = () => [];
    await open(`import a\n${'x = 1\n'.repeat(100_000)}import b\n`);
    select(50_000, 0, 50_001, 0);
    const surroundings = (await attachmentsOf('explain')).find(({ kind }) => kind === 'surroundings');
    assert.equal(surroundings?.content, 'import a');
  });

  it('opens the question box with the selection, or with the function around the cursor', async () => {
    select(12, 8, 12, 14);
    const selected = await resultOf(composeAboutCode);
    assert.deepEqual([selected.composed, selected.entries], [[{ withSelection: true }], []]);
    select(12, 10, 12, 10);
    const inFunction = await resultOf(composeAboutCode);
    assert.deepEqual(inFunction.composed, [{ withSelection: false }]);
    assert.deepEqual(
      inFunction.entries.map((entry) => entry.kind === 'symbol' && [entry.name, entry.line]),
      [['period', 8]],
    );
    select(4, 0, 4, 0);
    assert.deepEqual((await resultOf(composeAboutCode)).entries, []);
  });
});
