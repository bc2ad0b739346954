import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import ts from 'typescript';
import { parse } from 'yaml';
import { recordFigure } from '../../../../support/promises';
import { inserted, places, snippets, type Place, type Snippet } from './snippet-corpus';

const spaces = { insertSpaces: true, tabSize: 4 };
const placeIn = (document: string, tabSize = 4): Place => ({
  name: document,
  document,
  style: { insertSpaces: true, tabSize },
});
const leading = (line: string): string => /^[ \t]*/.exec(line)?.[0] ?? '';
const linesOf = (text: string): readonly string[] => text.replace(/\n$/, '').split('\n');
const snippetsIn = (...languages: readonly string[]): readonly Snippet[] =>
  snippets.filter(({ language }) => languages.includes(language));

/** Lines of here-documents and similar text, which must stay in the first column. */
const unindentedLines: Readonly<Record<string, readonly string[]>> = {
  'ruby heredoc': ['  SELECT *', '    FROM t', 'SQL'],
  'ruby begin end': ['=begin', '  doc', '    more', '=end'],
  'shellscript heredoc': ['  indented', 'plain', 'EOF'],
  'shellscript heredoc tabs': ['\ttext', '\tEOF'],
  'shellscript nested': ['  a', 'END'],
  'perl heredoc': ['  one', ' two', 'EOT'],
  'perl pod': ['=head1 NAME', '  code', '=cut'],
  'powershell here string': ['  one', ' two', '"@'],
  'powershell single here string': ['  x', "'@"],
  'terraform heredoc': ['{', '  "a": 1', '}', 'EOF'],
};

describe('S7 Code of an answer is inserted as it is shown', () => {
  it('for a corpus of snippets in many languages', () => {
    const languages = new Set(snippets.map(({ language }) => language));
    assert.ok(snippets.length >= 150, `${snippets.length}`);
    assert.ok(languages.size >= 20, `${languages.size}`);
    recordFigure(
      'S7',
      `${snippets.length} snippets in ${languages.size} languages at ${places.length} kinds of place`,
    );
  });

  for (const place of places) {
    it(`${place.name}, where only the indentation changes, equally for all lines`, () => {
      for (const snippet of snippets) assertOnlyIndented(snippet, place);
    });
  }

  it('with exactly the shown spaces if there are no tabs', () => {
    for (const place of places.filter(({ document }) => !document.includes('\t'))) {
      for (const snippet of snippets.filter(({ code }) => !code.includes('\t'))) {
        const shown = linesOf(snippet.code);
        const unindented = new Set(unindentedLines[`${snippet.language} ${snippet.name}`] ?? []);
        const actual = insertedLines(snippet, place);
        const common = commonIndent(shown, place, snippet.language);
        shown.forEach((line, number) => {
          const expected =
            unindented.has(line) && actual[number] === line
              ? line
              : line === ''
                ? ''
                : placeIndent(place) + line.slice(common);
          assert.equal(actual[number], expected, `${snippet.language} ${snippet.name}`);
        });
      }
    }
  });

  it('with here-documents that still end correctly', () => {
    for (const snippet of snippets) {
      const unindented = unindentedLines[`${snippet.language} ${snippet.name}`] ?? [];
      const actual = insertedLines(snippet, placeIn('a\n    ‸\n'));
      for (const line of unindented)
        assert.ok(actual.includes(line), `${snippet.language} ${snippet.name}: ${line}`);
    }
  });

  it('so that Python code stays valid and equivalent', function () {
    const documents = [
      '‸\n',
      'class K:\n    a = 1\n    ‸\n    b = 2\n',
      'def k():\n    a = 1‸\n    b = 2\n',
      'if k:\n    ‸one = 1\n',
      'if k:\n‸    one = 1\n',
      'def k():\n    ‸',
      'x = 1‸',
    ];
    const documentsWithTabs = ['def k():\n\ta = 1\n\t‸\n\tb = 2\n', 'if k:\n\t‸one = 1\n', 'x = 1\n‸'];
    const sources = snippetsIn('python').flatMap((snippet) => [
      ...documents.map((document) => [snippet.code, inserted(snippet, placeIn(document), 'python')] as const),
      ...documentsWithTabs.map(
        (document) =>
          [
            snippet.code,
            inserted(snippet, { name: '', document, style: { insertSpaces: false, tabSize: 4 } }, 'python'),
          ] as const,
      ),
    ]);
    const { status, stdout, error } = spawnSync('python3', ['-c', compareTrees], {
      input: JSON.stringify(sources),
      encoding: 'utf8',
    });
    if (error) return this.skip();
    assert.deepEqual([status, stdout], [0, '']);
  });

  it('so that TypeScript and JavaScript stay valid', () => {
    const documents = [
      '‸\n',
      'function k() {\n    a();\n    ‸\n}\n',
      '{\n    a();‸\n}\n',
      '{\n    ‸one();\n}\n',
      'a();‸',
      'if (a) {‸\n}\n',
      'namespace K {\n‸    b();\n}\n',
    ];
    for (const snippet of snippetsIn('typescript', 'typescriptreact', 'javascript')) {
      for (const document of documents) {
        const text = inserted(snippet, placeIn(document), snippet.language);
        assert.deepEqual(syntaxErrors(text), [], `${snippet.name}\n${text}`);
        const documentsWithTabs = inserted(
          snippet,
          {
            name: '',
            document: document.replaceAll('    ', '\t'),
            style: { insertSpaces: false, tabSize: 4 },
          },
          snippet.language,
        );
        assert.deepEqual(syntaxErrors(documentsWithTabs), [], `${snippet.name}\n${documentsWithTabs}`);
      }
    }
  });

  it('so that YAML keeps its value', () => {
    for (const snippet of snippetsIn('yaml')) {
      const value: unknown = parse(snippet.code);
      assert.deepEqual(parse(inserted(snippet, placeIn('‸\n', 2), 'yaml')), value);
      for (const document of ['root:\n  ‸\n', 'root:\n    ‸', 'root:‸', 'root:\n      ‸\n# end\n']) {
        assert.deepEqual(
          parse(inserted(snippet, placeIn(document, 2), 'yaml')),
          { root: value },
          `${snippet.name} in ${document}`,
        );
      }
    }
  });

  it('so that JSON keeps its value', () => {
    for (const snippet of snippetsIn('json')) {
      const value: unknown = JSON.parse(snippet.code);
      for (const document of ['{"a": ‸}', '{\n    "a":\n        ‸\n}', '{\n    "a":‸\n}', '{\n\t"a": ‸\n}']) {
        for (const style of [spaces, { insertSpaces: false, tabSize: 4 }]) {
          const text = inserted(snippet, { name: '', document, style }, 'json');
          assert.deepEqual(JSON.parse(text), { a: value }, text);
        }
      }
    }
  });

  it('so that shell scripts stay valid', function () {
    for (const snippet of snippetsIn('shellscript')) {
      for (const document of [
        '‸\n',
        'if true; then\n    ‸\nfi\n',
        'f() {\n\techo a‸\n}\n',
        'if true; then\n    ‸echo b\nfi\n',
      ]) {
        const text = inserted(
          snippet,
          { name: '', document, style: { insertSpaces: !document.includes('\t'), tabSize: 4 } },
          'shellscript',
        );
        const { error, stderr } = spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' });
        if (error) return this.skip();
        assert.equal(stderr, '', `${snippet.name}\n${text}`);
      }
    }
  });
});

/** The indentation of a place. */
function placeIndent({ document }: Place): string {
  const [head = '', tail = ''] = document.split('‸');
  const line = head.slice(head.lastIndexOf('\n') + 1) + (/^[^\r\n]*/.exec(tail)?.[0] ?? '');
  return leading(line);
}

/** The common indentation of the lines that is replaced by the indentation of the place; where columns matter, not more. */
function commonIndent(lines: readonly string[], place: Place, language: string): number {
  const verbatim = ['diff', 'makefile', 'fortran', 'cobol', 'markdown', 'plaintext', 'latex'].includes(
    language,
  );
  const indents = lines.filter((line) => line.trim() !== '').map((line) => leading(line).length);
  const { length } = placeIndent(place);
  return length === 0 ? 0 : Math.min(...indents, verbatim ? length : Infinity);
}

/** The lines of the snippet as inserted in the document. */
function insertedLines(snippet: Snippet, place: Place): readonly string[] {
  const [head = '', tail = ''] = place.document.split('‸');
  const text = inserted(snippet, place).replaceAll('\r\n', '\n');
  const before = head.replaceAll('\r\n', '\n');
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const hasText = line.trim() !== '';
  const start = hasText ? before.length + 1 : before.length - line.length;
  assert.ok(text.startsWith(before));
  assert.ok(text.endsWith(tail.replaceAll('\r\n', '\n').trimStart()));
  const lines = text.slice(start).split('\n');
  const shown = linesOf(snippet.code);
  // Text that must begin in the first column is moved to a line of its own.
  const first = lines[0]?.trim() === '' && shown[0] !== '' ? 1 : 0;
  return lines.slice(first, first + shown.length);
}

/** Asserts that each line differs only by the indentation of the place and by one conversion of tabs for the snippet. */
function assertOnlyIndented(snippet: Snippet, place: Place): void {
  const shown = linesOf(snippet.code);
  const actual = insertedLines(snippet, place);
  const indent = placeIndent(place);
  const message = `${snippet.language} ${snippet.name}\n${actual.join('\n')}`;
  const widths = new Set<number>();
  shown.forEach((line, number) => {
    const insertedLine = actual[number] ?? '';
    assert.equal(insertedLine.trimStart(), line.trimStart(), message);
    if (line.trim() === '' || insertedLine === line) return;
    assert.ok(insertedLine.startsWith(indent), message);
    const ownIndent = leading(insertedLine).slice(indent.length);
    const same = line.slice(commonIndent(shown, place, snippet.language));
    if (ownIndent === leading(same) || ownIndent === leading(line)) return;
    // Spaces may replace tabs, or the other way round, with one width for all lines of the snippet.
    const [tab, space] = ownIndent.includes('\t') ? [ownIndent, leading(same)] : [leading(same), ownIndent];
    assert.match(tab, /^\t+ *$/, message);
    widths.add((space.length - tab.replaceAll('\t', '').length) / tab.replaceAll(' ', '').length);
  });
  assert.ok(widths.size <= 1, message);
}

function syntaxErrors(text: string): readonly string[] {
  const { diagnostics = [] } = ts.transpileModule(text, {
    fileName: 'a.tsx',
    reportDiagnostics: true,
    compilerOptions: { jsx: ts.JsxEmit.Preserve, target: ts.ScriptTarget.Latest },
  });
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** A Python script that finds the syntax tree of each snippet in the tree of the result. White space in strings may differ. */
const compareTrees = `
import ast, json, sys

def tree(node):
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            part.value = ' '.join(part.value.split())
    return ast.dump(node)

for code, text in json.load(sys.stdin):
    try:
        whole = tree(ast.parse(text))
        for node in ast.parse(code).body:
            if tree(node) not in whole:
                print('differs:', code, text, sep='\\n')
    except SyntaxError as error:
        print(error, text, sep='\\n')
`;
