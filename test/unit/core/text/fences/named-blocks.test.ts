import assert from 'node:assert/strict';
import { namedBlocksIn, unnamedBlocksIn } from '../../../../../src/core/text/fences/named-blocks';

const paths = (markdown: string): readonly string[] => namedBlocksIn(markdown).map(({ path }) => path);

describe('The files that an answer names for its code', () => {
  it('are in the line above the code, however it is written', () => {
    for (const line of [
      'src/app.ts',
      '`src/app.ts`',
      '**`src/app.ts`**:',
      '**src/app.ts**',
      '### src/app.ts',
      '### `src/app.ts`:',
      '1. `src/app.ts`',
      'File: src/app.ts',
      '**File:** `src/app.ts`',
      '**`src/app.ts`** (new):',
      '`src/app.ts` (updated)',
      '### src/app.ts (new file)',
      '**src/app.ts (new)**',
      '- `src/app.ts`: (unchanged parts left out)',
      '### 1. `src/app.ts`',
      '**1. `src/app.ts`**',
      '#### Step 2: `src/app.ts`',
      '*src/app.ts*',
      '***src/app.ts***',
      '[src/app.ts](src/app.ts)',
      '**[`src/app.ts`](src/app.ts)**:',
      '`src/app.ts` - updated',
      '`src/app.ts` — the new file:',
      '**File name:** `src/app.ts`',
      'Datei: src/app.ts',
      '`src/app.ts`：',
      '`src/app.ts:10-20`',
      '`src/app.ts:10`:',
      '`src/app.ts#L10-L20`',
    ]) {
      assert.deepEqual(paths(`Text.\n\n${line}\n\n\`\`\`ts\na\n\`\`\`\n`), ['src/app.ts'], line);
    }
  });

  it('are in the info string of the code', () => {
    for (const info of [
      'ts:src/app.ts',
      'ts src/app.ts',
      'ts title="src/app.ts"',
      'src/app.ts',
      '{file=src/app.ts}',
      '{.ts #src/app.ts}',
      'ts:src/app.ts:10-20',
      '12:20:src/app.ts',
    ]) {
      const [block] = namedBlocksIn(`Text\n\`\`\`${info}\na\n\`\`\`\n`);
      assert.equal(block?.path, 'src/app.ts', info);
      assert.ok(['ts', ''].includes(block.language) || info.startsWith('{'), info);
    }
  });

  it('are in a comment that is the first line of the code', () => {
    for (const line of [
      '// src/app.ts',
      '# src/app.ts',
      '<!-- src/app.ts -->',
      '/* src/app.ts */',
      '// File: src/app.ts',
    ])
      assert.deepEqual(paths(`Text\n\`\`\`\n${line}\na\n\`\`\`\n`), ['src/app.ts'], line);
    for (const line of [
      '#include "a.h"',
      '#!/bin/sh',
      '// see src/app.ts',
      '// Vue.js',
      '# 1.2',
      '// @ts-check',
      '# and/or',
      '//',
    ])
      assert.deepEqual(paths(`Text\n\`\`\`\n${line}\na\n\`\`\`\n`), [], line);
  });

  it('may have spaces in quotation marks', () => {
    assert.deepEqual(paths('```ts title="my app/src/app.ts"\na\n```\n'), ['my app/src/app.ts']);
  });

  it('may have any extension in a folder if they are marked, and that of a file in any place', () => {
    for (const path of ['scripts/player.gdshader', 'a/b.foo', 'views/Index.cshtml', 'a\\b.m'])
      assert.deepEqual(paths(`\`${path}\`:\n\`\`\`\na\n\`\`\`\n`), [path]);
    for (const path of ['app.csproj', 'player.gd', 'Dockerfile', 'Makefile', '.env', '.gitignore', 'go.mod'])
      assert.deepEqual(paths(`**${path}**\n\`\`\`\na\n\`\`\`\n`), [path]);
    assert.deepEqual(paths('scripts/player.gdshader:\n```\na\n```\n'), []);
    assert.deepEqual(paths('`.map`:\n```\na\n```\n'), []);
  });

  it('are not taken from sentences, and not from a line that belongs to other code', () => {
    assert.deepEqual(paths('Change src/app.ts like this:\n```ts\na\n```\n'), []);
    assert.deepEqual(paths('It is 3.5 times as fast.\n\n```ts\na\n```\n'), []);
    assert.deepEqual(paths('```txt\nsrc/app.ts\n```\n```ts\na\n```\n'), []);
  });

  const lines = [
    '### Node.js',
    'Math.floor:',
    '### Array.prototype.map',
    'application/json:',
    'and/or:',
    '1.2',
    '**v1.2.3**',
    'https://example.org/src/app.ts',
    '`https://example.org/app.js`:',
    '### Vue.js',
    'Next.js:',
    '**Three.js**',
    '### D3.js (version 7)',
    '### ASP.NET',
    '`console.log`:',
    '`process.env`',
    '`React.useState`',
    'System.out.println',
    'client/server:',
    'TCP/IP',
    '`text/html`',
    '//example.org/app.js',
    'vscode://file/src/app.ts',
  ];
  for (const line of lines) {
    it(`are not taken from ${JSON.stringify(line)}`, () => {
      const markdown = `Text.\n\n${line}\n\n\`\`\`ts\na\n\`\`\`\n`;
      assert.deepEqual(paths(markdown), []);
      assert.deepEqual(unnamedBlocksIn(markdown), [{ code: 'a\n', language: 'ts' }]);
    });
  }

  for (const info of ['vb.net', 'python3.11', 'asp.net', 'node.js', 'application/json', 'c++/cli']) {
    it(`are not taken from the fence ${info}`, () => {
      const markdown = `Text.\n\`\`\`${info}\na\n\`\`\`\n`;
      assert.deepEqual(paths(markdown), []);
      assert.equal(unnamedBlocksIn(markdown)[0]?.code, 'a\n');
    });
  }

  it('may be named as a product, if they are marked as a file', () => {
    for (const line of ['`node.js`', 'File: vue.js', '**File**: `next.js`'])
      assert.equal(paths(`${line}\n\`\`\`js\na\n\`\`\`\n`).length, 1, line);
  });

  it('may have no extension in a folder', () => {
    for (const path of ['docker/Dockerfile', './Makefile', '.github/CODEOWNERS', 'app/.env.local'])
      assert.deepEqual(paths(`${path}:\n\`\`\`\na\n\`\`\`\n`), [path]);
  });

  it('have the last code that is given for them, in their order', () => {
    const block = (path: string, code: string): string => `${path}\n\`\`\`ts\n${code}\n\`\`\`\n`;
    const markdown = block('a.ts', 'one') + block('b.ts', 'two') + block('a.ts', 'three');
    assert.deepEqual(
      namedBlocksIn(markdown).map(({ path, code }) => `${path}: ${code}`),
      ['a.ts: three\n', 'b.ts: two\n'],
    );
  });

  it('leave the other code for the code of the question', () => {
    const markdown = '```ts\nold\n```\n\n```ts\nnew\n```\n\na.ts\n```ts\nother\n```\n';
    const codes = unnamedBlocksIn(markdown).map(({ code }) => code);
    assert.deepEqual(codes, ['old\n', 'new\n']);
    assert.deepEqual(unnamedBlocksIn('a.ts\n```\nx\n```'), []);
  });

  it('are found quickly in a long answer', () => {
    const began = performance.now();
    namedBlocksIn(`${'a.b/'.repeat(100_000)}\n${'word. '.repeat(100_000)}\n${'x.\n'.repeat(50_000)}`);
    assert.ok(performance.now() - began < 500);
  });
});
