import assert from 'node:assert/strict';
import { isDiffLanguage } from '../../../../../src/core/text/excerpts/patches';
import { placementOf } from '../../../../../src/core/text/excerpts/placement';
import { applyOffsetEdits } from '../../../../../src/core/text/offset-edits';

const functionNamed = (name: string, value: number): string =>
  `def ${name}():\n    a = 1\n    return ${value}\n`;
const text = `import os\n\n${['one', 'two', 'three'].map((name, index) => functionNamed(name, index + 1)).join('\n')}`;
const changed = text.replace('return 2', 'return 22');
const changedStatement = text.replace('def two():\n    a = 1', 'def two():\n    a = 5');
const changedTwice = text.replace('return 1', 'return 11').replace('return 3', 'return 33');

function patched(code: string, isDiff = true, before = text): string {
  const placement = placementOf(before, { code, isDiff, extent: 'file', path: '/x.py' });
  return placement.kind === 'parts' ? applyOffsetEdits(before, placement.offsetEdits) : placement.kind;
}

const change = '-    return 2\n+    return 22\n';
const statement = '-    a = 1\n+    a = 5\n';

describe('The place of a hunk', () => {
  for (const [title, code, expected] of [
    [
      'is found although the numbers of its lines are wrong',
      `@@ -99,2 +99,2 @@\n     a = 1\n${change}`,
      changed,
    ],
    [
      'is that of its number if its lines are in several places',
      `@@ -8,1 +8,1 @@\n${statement}`,
      changedStatement,
    ],
    ['is in the function that its header names', `@@ -90 +90 @@ def two():\n${statement}`, changedStatement],
    ['is in the function that a line names', `@@ def two():\n${statement}`, changedStatement],
    ['is found although a line of its context is missing', `@@ -7 +7 @@\n def two():\n${change}`, changed],
    ['is found with the line breaks of Windows', `@@ -9 +9 @@\n${change}`.replaceAll('\n', '\r\n'), changed],
    [
      'is found although the spaces before its context are missing',
      '@@ @@\ndef two():\n    a = 1\n-    return 2\n+    b = 1\n+    if a:\n+        return 22\n',
      text.replace('    return 2\n', '    b = 1\n    if a:\n        return 22\n'),
    ],
    [
      'has the indentation of added lines although the spaces before its context are missing',
      '@@ @@\n    a = 1\n-    return 3\n+    if a:\n+        return 33\n',
      text.replace('    return 3\n', '    if a:\n        return 33\n'),
    ],
    ['is found with other white space', '@@ -9 +9 @@\n-\treturn 2\n+\treturn 22\n', changed],
    [
      'may be after that of the next one',
      '@@ -13 +13 @@\n-    return 3\n+    return 33\n@@ -5 +5 @@\n-    return 1\n+    return 11\n',
      changedTwice,
    ],
    [
      'is not a line of a diff that says what else has changed',
      `diff --git a/x.py b/y.py\nold mode 100644\nnew mode 100755\nsimilarity index 90%\nrename from x.py\nrename to y.py\n@@ -9 +9 @@\n${change}`,
      changed,
    ],
    [
      'is removed with its line break',
      '@@ -1,2 +0,0 @@\n-import os\n-\n',
      text.slice('import os\n\n'.length),
    ],
    [
      'is removed at the end of the file',
      '@@ -13 +12 @@\n-    return 3\n-\n',
      text.slice(0, -'\n    return 3\n'.length),
    ],
    ['is uncertain if nothing says which of several it is', statement, 'unknown'],
    ['is uncertain if the number is that of another line', `@@ -9 +9 @@\n${statement}`, 'unknown'],
  ] as const)
    it(title, () => assert.equal(patched(code), expected));

  it('is that of its number, which may be the number of a blank line', () => {
    const repeated = 'a\n\nb\n\nb\n';
    assert.equal(patched('@@ -4,2 +4,2 @@\n \n-b\n+c\n', true, repeated), 'a\n\nb\n\nc\n');
  });

  it('is all of an empty file', () => {
    assert.equal(patched('--- /dev/null\n+++ b/x.py\n@@ -0,0 +1,2 @@\n+a\n+b\n', true, ''), 'a\nb\n');
  });
});

describe('A patch in another form', () => {
  for (const [title, code, expected] of [
    [
      'names its file',
      `*** Begin Patch\n*** Update File: x.py\n@@ def two():\n     a = 1\n${change}*** End Patch\n`,
      changed,
    ],
    [
      'has no header of a hunk',
      `*** Begin Patch\n*** Update File: x.py\n def two():\n     a = 1\n${change}*** End Patch\n`,
      changed,
    ],
    [
      'has several blocks to search, with their lines',
      '<<<<<<< SEARCH\n:start_line:5\n-------\n    return 1\n=======\n    return 11\n>>>>>>> REPLACE\n\n<<<<<<< SEARCH\n    return 3\n=======\n    return 33\n>>>>>>> REPLACE\n',
      changedTwice,
    ],
    [
      'calls them original and updated',
      '<<<<<<< ORIGINAL\n    return 2\n=======\n    return 22\n>>>>>>> UPDATED\n',
      changed,
    ],
    [
      'is indented more than the file',
      '<<<<<<< SEARCH\n    def two():\n        a = 1\n        return 2\n=======\n    def two():\n        a = 1\n        return 22\n>>>>>>> REPLACE\n',
      changed,
    ],
    [
      'replaces lines with nothing',
      '<<<<<<< SEARCH\nimport os\n\n=======\n>>>>>>> REPLACE\n',
      text.slice('import os\n\n'.length),
    ],
  ] as const)
    it(`is applied if it ${title}`, () => assert.equal(patched(code, false), expected));

  it('is applied in linear time', () => {
    const long = Array.from({ length: 20_000 }, (_, index) => `line ${index}`).join('\n');
    const code = Array.from({ length: 5000 }, (_, index) => `@@ -1 +1 @@\n-line ${index * 3}\n+x\n`).join('');
    const start = process.cpuUsage();
    assert.ok(patched(code, true, long).startsWith('x\nline 1\n'));
    assert.ok(process.cpuUsage(start).user < 3_000_000);
  });

  it('is looked for in time in a text of equal lines', () => {
    const searched = `<<<<<<< SEARCH\n${'  }\n'.repeat(3000)}=======\nx\n>>>>>>> REPLACE\n`;
    const start = process.cpuUsage();
    assert.equal(patched(searched.repeat(3), false, '  }\n'.repeat(30_000)), 'unknown');
    assert.ok(process.cpuUsage(start).user < 4_000_000);
  });
});

describe('The language of a patch', () => {
  it('has several names, with a path or braces', () => {
    for (const word of ['diff', 'Patch', '{diff}', 'diff:src/app.ts', 'language-diff'])
      assert.ok(isDiffLanguage(word), word);
  });

  it('is not another language', () => {
    for (const word of ['', 'python', 'difference', 'src/diff.ts', 'patch-file'])
      assert.ok(!isDiffLanguage(word), word);
  });
});
