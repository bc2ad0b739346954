import assert from 'node:assert/strict';
import fc from 'fast-check';
import { terminalCommands, type TerminalLanguage } from '../../../../src/core/text/terminal-commands';

describe('The commands of a code block for a terminal', () => {
  for (const [title, code, language, expected] of [
    ['are its lines', 'npm ci\n\nnpm test\n', 'shell', ['npm ci', 'npm test']],
    ['do not contain comments', '# install\nnpm ci # now\n', 'shell', ['npm ci # now']],
    ['are joined where they go on', 'docker run \\\n    -it \\\n    x\n', 'shell', ['docker run  -it  x']],
    ['are joined in the middle of a word', 'ab\\\ncd', 'shell', ['abcd']],
    ['do not go on after an escaped backslash', 'echo a\\\\\nls', 'shell', ['echo a\\\\', 'ls']],
    ['end with the code, also if they would go on', 'ls \\\n', 'shell', ['ls']],
    ['go on with a grave accent in PowerShell', 'Get-Item `\n  x', 'powershell', ['Get-Item  x']],
    ['go on with a caret in a batch file', 'REM x\ndir ^\n /b', 'batch', ['dir  /b']],
    [
      'are behind prompts, without what they print',
      '$ ls\na.txt\n$ cat a.txt\none',
      'shell',
      ['ls', 'cat a.txt'],
    ],
    ['are behind the prompt of an environment', '(venv) $ pip install x', 'shell', ['pip install x']],
    [
      'are behind prompts with a user',
      'user@host:~$ ls\na\n[me@host dir]$ pwd\nroot@host:/# id',
      'shell',
      ['ls', 'pwd', 'id'],
    ],
    ['are joined after an operator', 'foo |\n  bar &&\n  baz\nls', 'shell', ['foo | bar && baz', 'ls']],
    [
      'are loops and conditions',
      'for x in a b; do\n  if [ $x ]; then\n    echo $x\n  fi\ndone\nls',
      'shell',
      ['for x in a b; do if [ $x ]; then echo $x; fi; done', 'ls'],
    ],
    [
      'are loops with their words on lines of their own',
      'while a\ndo\n  b\ndone',
      'shell',
      ['while a; do b; done'],
    ],
    [
      'are loops whose lines end with a semicolon or an ampersand',
      'for x in a; do\n  a &\n  b;\ndone',
      'shell',
      ['for x in a; do a & b; done'],
    ],
    [
      'are the cases of a value',
      'case $x in\n  a) b ;;\n  c)\n    d ;;\nesac\nls',
      'shell',
      ['case $x in a) b ;; c) d ;; esac', 'ls'],
    ],
    ['may contain words of loops in strings', 'echo "a; for b"\nls', 'shell', ['echo "a; for b"', 'ls']],
    ['are not the parts of a string', 'curl -d \'{\n  "a": 1\n}\' x\nls', 'shell', ['ls']],
    ['are not the lines of a here-document', "cat <<'EOF' > x\na\n\nb\nEOF\nls", 'shell', ['ls']],
    ['are single lines if a quotation mark has no partner', "echo it's\nls", 'shell', ["echo it's", 'ls']],
    ['are single lines if a loop has no end', 'for x in a; do\nls', 'shell', ['for x in a; do', 'ls']],
    [
      'are not joined by quotation marks in comments',
      "ls # it's\npwd # that's",
      'shell',
      ["ls # it's", "pwd # that's"],
    ],
    ['are joined without comments', 'foo | # one\n  bar # two', 'shell', ['foo | bar']],
    ['may contain words of loops', 'echo done\necho for x', 'shell', ['echo done', 'echo for x']],
    ['are behind prompts of Windows', 'PS C:\\x> ls\n\n  Directory: C:\\x', 'powershell', ['ls']],
    ['have spaces in place of tabs, which would complete words', '\tcat\ta', 'shell', ['cat a']],
    [
      'are lines of any other language',
      'print(1)\n# not a comment',
      'other',
      ['print(1)', '# not a comment'],
    ],
    [
      'are separated wherever a program ends a line',
      'a\rb\r\nc\x0bd\x0ce\x85f\u2028g',
      'shell',
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
    ],
    ['contain no control characters', 'a\x1b[201~\x03\x0f\x04b', 'shell', ['a[201~b']],
    ['are none in an empty code block', ' \n\t\n# x', 'shell', []],
  ] as const) {
    it(title, () => assert.deepEqual(terminalCommands(code, language), expected));
  }

  it('are found quickly in long code', () => {
    const began = performance.now();
    terminalCommands(`echo "a\n${"it's\n".repeat(2000)}${'for x in a; do\n'.repeat(2000)}`, 'shell');
    assert.ok(performance.now() - began < 1500);
  });

  it('never contain a character that ends a line or controls a terminal, whatever the code is', () => {
    const languages = fc.constantFrom<TerminalLanguage>('shell', 'powershell', 'batch', 'other');
    const character = fc.oneof(
      fc.integer({ min: 0, max: 0xa0 }).map((code) => String.fromCharCode(code)),
      fc.constantFrom('$ ', '\\\n', '\r\n', '\u2028', '\u2029', '#'),
    );
    const code = fc.array(character, { maxLength: 60 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(code, languages, (text, language) => {
        for (const command of terminalCommands(text, language))
          assert.doesNotMatch(command, /[\p{Cc}\u2028\u2029]/u);
      }),
      { numRuns: 2000 },
    );
  });
});
