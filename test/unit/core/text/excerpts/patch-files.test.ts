import assert from 'node:assert/strict';
import { filesOfPatch } from '../../../../../src/core/text/excerpts/patch-files';
import { placementOf } from '../../../../../src/core/text/excerpts/placement';
import { applyOffsetEdits } from '../../../../../src/core/text/offset-edits';

const text = 'import os\n\ndef one():\n    return 1\n\ndef two():\n    return 2\n';
const changed = text.replace('return 1', 'return 11');

/** The text after its part of a patch; what is known of the patch if its place is not. */
function patched(code: string, path = '/folder/src/a.py', isDiff = true, before = text): string {
  const placement = placementOf(before, { code, isDiff, extent: 'file', path });
  return placement.kind === 'parts' ? applyOffsetEdits(before, placement.offsetEdits) : placement.kind;
}

const pathsIn = (code: string): readonly (readonly string[])[] =>
  filesOfPatch(code).map(({ paths }) => paths);

const one = '@@ -3,2 +3,2 @@\n def one():\n-    return 1\n+    return 11\n';
const two = '@@ -6,2 +6,2 @@\n def two():\n-    return 2\n+    return 22\n';
const searching = (from: number, to: number): string =>
  `<<<<<<< SEARCH\n    return ${from}\n=======\n    return ${to}\n>>>>>>> REPLACE\n`;
const separator = '='.repeat(67);

describe('A patch for several files', () => {
  const cases: readonly (readonly [title: string, code: string])[] = [
    ['a unified diff', `--- a/src/a.py\n+++ b/src/a.py\n${one}--- a/src/b.py\n+++ b/src/b.py\n${two}`],
    [
      'a diff without hunk headers',
      `--- a/src/a.py\n+++ b/src/a.py\n${one}--- a/src/b.py\n+++ b/src/b.py\n${two}`.replace(/^@@.*\n/gm, ''),
    ],
    [
      'a diff of Git with a binary file',
      `diff --git a/i.png b/i.png\nindex 1234567..89abcde\nBinary files a/i.png and b/i.png differ\ndiff --git a/src/a.py b/src/a.py\nindex 1234567..89abcde 100644\n--- a/src/a.py\n+++ b/src/a.py\n${one}`,
    ],
    [
      'a diff of Subversion',
      `Index: src/a.py\n${separator}\n--- src/a.py\t(revision 1)\n+++ src/a.py\t(working copy)\n${one}Index: src/b.py\n${separator}\n--- src/b.py\t(revision 1)\n+++ src/b.py\t(working copy)\n${two}`,
    ],
    [
      'the patch of a model',
      `*** Begin Patch\n*** Update File: src/a.py\n${one}*** Delete File: c.py\n*** Update File: src/b.py\n${two}*** End Patch\n`,
    ],
    ['blocks to search for', `src/a.py\n${searching(1, 11)}\n**src/b.py**\n${searching(2, 22)}`],
    [
      'an email',
      `From 12ab Mon Sep 17\nSubject: [PATCH] x\n---\n src/a.py | 2 +-\n\ndiff --git a/src/a.py b/src/a.py\n--- a/src/a.py\n+++ b/src/a.py\n${one}diff --git a/c.py b/c.py\n--- a/c.py\n+++ b/c.py\n${two}-- \n2.39.1\n\n`,
    ],
  ];
  for (const [title, code] of cases) {
    it(`changes a document only by its own part: ${title}`, () => {
      const isDiff = !code.includes('SEARCH');
      assert.equal(patched(code, '/folder/src/a.py', isDiff), changed);
      assert.equal(patched(code.replaceAll('\n', '\r\n'), '/folder/src/a.py', isDiff), changed);
      assert.equal(patched(code, '/folder/src/other.py', isDiff), 'unknown');
      assert.equal(patched(code, '/folder/my-src/a.py', isDiff), 'unknown');
    });
  }

  it('has the parts of a file together, wherever they are', () => {
    const code = `--- a/a.py\n+++ b/a.py\n${one}--- a/b.py\n+++ b/b.py\n${two}--- a/a.py\n+++ b/a.py\n${two}`;
    assert.equal(patched(code), changed.replace('return 2', 'return 22'));
  });

  it('names files with their prefix only if that is a folder', () => {
    for (const [code, paths] of [
      [`--- a/x.py\n+++ b/x.py\n${one}`, ['x.py']],
      [`--- a/x.py\n+++ a/x.py\n${one}`, ['a/x.py']],
      [`--- /dev/null\n+++ b/x.py\n${one}`, ['x.py']],
      [`--- a/x.py\n+++ /dev/null\n${one}`, ['x.py']],
      [`--- "a/my file.py"\n+++ "b/my file.py"\n${one}`, ['my file.py']],
      [`--- x.py.orig\t2024-01-01\n+++ x.py\t2024-01-01\n${one}`, ['x.py', 'x.py.orig']],
      ['diff --git a/x.py b/y.py\nrename from x.py\nrename to y.py\n', ['x.py', 'y.py']],
    ] as const)
      assert.deepEqual(pathsIn(code), [paths], code);
  });

  it('is divided in linear time', () => {
    const start = process.cpuUsage();
    for (const part of [
      '--- a.b\n',
      'x.y\n<<<<<<< SEARCH\n',
      '--- a/x\n+++ b/x\n',
      '\n-- \n1.1',
      '\n',
      ' b/',
    ])
      filesOfPatch(`diff --git ${part.repeat(100_000 / part.length)}`);
    for (const line of [
      `--- ${'.'.repeat(100_000)} x`,
      `--- ${'a/'.repeat(50_000)}\n+++ ${'('.repeat(50_000)}`,
    ])
      patched(line);
    assert.ok(process.cpuUsage(start).user < 2_000_000);
  });
});

describe('A patch for one file', () => {
  it('may have an invented name', () => {
    assert.equal(patched(`--- a/path/to/file.py\n+++ b/path/to/file.py\n${one}`), changed);
  });

  it('may remove a comment that looks like the name of a file', () => {
    const sql = '-- users.id is old\nSELECT 1;\n';
    const code = '@@ -1,2 +1,2 @@\n--- users.id is old\n+-- users.id is new\n SELECT 1;\n';
    for (const header of ['', '--- a/x.sql\n+++ b/x.sql\n'])
      assert.equal(patched(header + code, '/x.sql', true, sql), sql.replace('old', 'new'));
  });

  it('may have context that looks like a header', () => {
    const code = '@@ -1 +1 @@\nindex = 5\n-x = 1\n+x = 2\n';
    assert.equal(patched(code, '/x.py', true, 'index = 5\nx = 1\n'), 'index = 5\nx = 2\n');
  });

  it('is not applied if it is that of a merge', () => {
    assert.equal(patched('diff --cc a.py\n@@@ -1,2 -1,2 +1,3 @@@\n  import os\n++x\n  \n'), 'unknown');
  });

  it('is not code that only contains a patch', () => {
    const script = "patch -p0 <<'EOF'\n--- a\n+++ b\n@@ -1 +1 @@\n-a\n+b\nEOF\n";
    assert.equal(patched(script, '/x.sh', false, 'echo\n'), 'whole');
    assert.equal(patched('--- # first\na: 1\n', '/x.yaml', false, 'a: 2\n'), 'whole');
    assert.equal(patched(one, '/x.patch', true, `--- a/x\n+++ b/x\n${two}`), 'whole');
  });
});
