import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { proposalsOf } from '../../src/host/editor/comparison/proposals';
import { messagesDuring } from './dialogs';
import { comparisons } from './open-comparisons';
import { createProposalContext, picking, twoFunctions } from './proposal-test-context';

const fenced = (code: string, info = 'python'): string => `\`\`\`${info}\n${code}\`\`\`\n`;

describe('Changes that an answer proposes', () => {
  const context = createProposalContext('proposed');
  const { folder, write, textOf } = context;

  it('are compared with the code of the question, and change nothing before they are accepted in one undo step', async () => {
    const name = write();
    const attachedCode = context.attachSelection(await context.open(name));
    await context.actions.review(`The cause.\n\n${fenced('def two():\n    return 22\n')}`, attachedCode);
    const shown = (await comparisons()).get(name);
    const after = twoFunctions.replace('return 2', 'return 22');
    assert.equal(shown?.text, after);
    assert.equal(await textOf(name), twoFunctions);
    await context.actions.comparisons.accept(shown.uri);
    assert.equal(await textOf(name), after);
    await vscode.commands.executeCommand('undo');
    assert.equal(await textOf(name), twoFunctions);
  });

  it('for several files are listed, and each is compared with its file and accepted by itself', async () => {
    const [one, two, three] = [write(), write('a = 1\n'), write('b = 1\n')];
    const attachedCode = context.attachSelection(await context.open(one));
    const answer = [
      fenced('def two():\n    return 22\n'),
      `\`${two}\`:\n\n${fenced('a = 2\n')}`,
      fenced('b = 2\n', `python:${three}`),
      `new/file.py\n${fenced('c = 1\n')}`,
    ].join('\n');
    const listed = await picking([one, two], () => context.actions.review(answer, attachedCode));
    assert.deepEqual(listed, [
      `${one} (the code of the question)`,
      `${two} (the whole file)`,
      `${three} (the whole file)`,
      'new/file.py (a new file)',
    ]);
    const open2 = await comparisons(2);
    assert.deepEqual([...open2.keys()].sort(), [one, two].sort());
    assert.equal(open2.get(two)?.text, 'a = 2\n');
    await context.actions.comparisons.accept(open2.get(two)?.uri);
    assert.deepEqual(await Promise.all([one, two, three].map(textOf)), [twoFunctions, 'a = 2\n', 'b = 1\n']);
    await context.actions.comparisons.discard(open2.get(one)?.uri);
    await comparisons(0);
    assert.equal(await textOf(one), twoFunctions);
    assert.equal(readFileSync(join(folder, three), 'utf8'), 'b = 1\n');
  });

  it('never concern a file outside of the workspace', async () => {
    const listed = await picking([], () =>
      context.actions.review(`/etc/hosts.conf\n${fenced('x\n')}\n../up.py\n${fenced('y\n')}`, undefined),
    );
    assert.deepEqual(listed, ['/etc/hosts.conf (a new file)', '../up.py (a new file)']);
  });

  it('are compared with the file in a comment above the code, which is no part of it', async () => {
    const [name, other] = [write('a = 1\n'), write('a = 1\n')];
    const listed = await picking([name], () =>
      context.actions.review(
        `${fenced(`# ${name}\n\na = 2\n`)}\n${fenced('a = 2\n', `python title=".\\${other}"`)}`,
        undefined,
      ),
    );
    assert.deepEqual(listed, [`${name} (the whole file)`, `${other} (the whole file)`]);
    assert.equal((await comparisons()).get(name)?.text, 'a = 2\n');
  });

  it('are compared with the code of the question if only a file without a folder is named that does not exist', async () => {
    const name = write();
    const attachedCode = context.attachSelection(await context.open(name));
    await context.actions.review(
      `### Response.json\n\n${fenced('def two():\n    return 22\n')}`,
      attachedCode,
    );
    const shown = (await comparisons()).get(name);
    assert.equal(shown?.text, twoFunctions.replace('return 2', 'return 22'));
  });

  it('are compared with the code of the question, although a command and what it prints follow it', async () => {
    const name = write();
    const attachedCode = context.attachSelection(await context.open(name));
    const answer = `${fenced('def two():\n    return 22\n')}\nRun:\n${fenced('pytest -q\n', 'bash')}\n${fenced('22\n', '')}`;
    await context.actions.review(answer, attachedCode);
    assert.equal((await comparisons()).get(name)?.text, twoFunctions.replace('return 2', 'return 22'));
  });

  it('are compared with the code of the question, although a new file follows it', async () => {
    const name = write();
    const attachedCode = context.attachSelection(await context.open(name));
    const answer = `${fenced('def two():\n    return 22\n')}\n\`helpers.py\`:\n${fenced('h = 1\n')}`;
    const listed = await picking([name], () => context.actions.review(answer, attachedCode));
    assert.deepEqual(listed, [`${name} (the code of the question)`, 'helpers.py (a new file)']);
    assert.equal((await comparisons()).get(name)?.text, twoFunctions.replace('return 2', 'return 22'));
  });

  it('concern the file of a path, also if the path of the code ends with it', async () => {
    const root = `same-${write()}`;
    for (const name of [root, `deep/${root}`, `src/${root}`, `deep/src/${root}`]) {
      mkdirSync(join(folder, name, '..'), { recursive: true });
      writeFileSync(join(folder, name), twoFunctions);
    }
    const kinds = async (answer: string, asked: string): Promise<readonly string[]> => {
      const proposals = await proposalsOf(
        answer,
        context.attachSelection(await context.open(asked)),
        realpath,
      );
      return proposals.map(({ kind, label }) => `${kind} ${label}`);
    };
    const unnamed = fenced('def two():\n    return 22\n');
    assert.deepEqual(await kinds(`${unnamed}\nsrc/${root}\n${fenced('x = 1\n')}`, `deep/src/${root}`), [
      `attached deep/src/${root}`,
      `file src/${root}`,
    ]);
    assert.deepEqual(await kinds(`${unnamed}\n${root}\n${fenced('x = 1\n')}`, `deep/${root}`), [
      `attached deep/${root}`,
      `file ${root}`,
    ]);
    // Without another block in that language, a name without a folder is that of the code.
    const shell = fenced('npm install\n', 'bash');
    assert.deepEqual(await kinds(`${root}\n${unnamed}\n${shell}`, `deep/${root}`), [`attached deep/${root}`]);
    assert.deepEqual(await kinds(`${root}\n${unnamed}`, `deep/${root}`), [`attached deep/${root}`]);
  });

  it('concern the file that was asked about, and then its folder, if the workspace has several', async () => {
    const [first, second] = ['root-a', 'root-b'].map((name, index) => {
      mkdirSync(join(folder, name, 'src'), { recursive: true });
      for (const file of ['app.py', 'other.py']) writeFileSync(join(folder, name, 'src', file), twoFunctions);
      return { uri: vscode.Uri.file(join(folder, name)), name, index };
    });
    assert.ok(first && second);
    const attachedCode = context.attachSelection(await context.open('root-b/src/app.py'));
    await withFolders([first, second], async () => {
      const answer = `src/app.py\n${fenced('x = 1\n')}\nsrc/other.py\n${fenced('y = 1\n')}`;
      const proposals = await proposalsOf(answer, attachedCode, realpath);
      assert.deepEqual(
        proposals.map((each) => [
          each.kind,
          each.kind === 'attached' ? each.attachedCode.uri.path : each.uri?.path,
        ]),
        [
          ['attached', join(folder, 'root-b/src/app.py')],
          ['file', join(folder, 'root-b/src/other.py')],
        ],
      );
      const [file] = await proposalsOf(`src/other.py\n${fenced('y = 1\n')}`, undefined, realpath);
      assert.ok(file?.kind === 'file');
      assert.equal(file.uri.path, join(folder, 'root-a/src/other.py'));
      const [created] = await proposalsOf(`src/new.py\n${fenced('y = 1\n')}`, attachedCode, realpath);
      assert.ok(created?.kind === 'new');
      assert.equal(created.uri?.path, join(folder, 'root-b/src/new.py'));
    });
  });

  it('are compared with a file that ends without a line break and has CRLF, with nothing else changed', async () => {
    const name = write('a = "👩‍👩‍👧 e\u0301"\r\nb = 1');
    await context.actions.review(`${name}\n${fenced('a = "👩‍👩‍👧 e\u0301"\nb = 2\n')}`, undefined);
    const shown = (await comparisons()).get(name);
    assert.equal(shown?.text, 'a = "👩‍👩‍👧 e\u0301"\r\nb = 2');
  });

  it('have the indentation of a file that is not open', async () => {
    for (const [before, code] of [
      ['def f():\n\ta = 1\n\treturn a\n', 'def f():\n    a = 2\n    return a\n'],
      ['def f():\n  a = 1\n  return a\n', 'def f():\n\ta = 2\n\treturn a\n'],
    ] as const) {
      const name = write(before);
      await context.actions.review(`${name}\n${fenced(code)}`, undefined);
      const shown = (await comparisons()).get(name);
      assert.equal(shown?.text, before.replace('1', '2'));
      await context.actions.comparisons.discard(shown.uri);
      await comparisons(0);
    }
  });

  describe('S6 Hidden characters', () => {
    it('are named before they are compared', async () => {
      const name = write();
      const attachedCode = context.attachSelection(await context.open(name));
      const asked = await messagesDuring(() =>
        context.actions.review(fenced('x = 1 # \u202e\n'), attachedCode),
      );
      assert.match(asked[0]?.detail ?? '', /U\+202E/);
      await comparisons(0);
    });
  });

  it('say that there are none, or that the file no longer exists', async () => {
    const [none] = await messagesDuring(() => context.actions.review('No changes.', undefined));
    assert.match(none?.message ?? '', /does not propose any changes/);
    const attachedCode = context.attachSelection(await context.open(write()));
    const gone = { ...attachedCode, uri: context.uri('gone.py') };
    const [message] = await messagesDuring(() => context.actions.review(fenced('x\n'), gone));
    assert.match(message?.message ?? '', /gone\.py no longer exists/);
  });
});

/** Runs a check as if the workspace had these folders. To open them, VS Code would start the tests again. */
async function withFolders(
  folders: readonly vscode.WorkspaceFolder[],
  check: () => Promise<void>,
): Promise<void> {
  const { workspace } = vscode;
  const original = Object.getOwnPropertyDescriptor(workspace, 'workspaceFolders');
  assert.ok(original);
  Object.defineProperty(workspace, 'workspaceFolders', { configurable: true, get: () => folders });
  try {
    await check();
  } finally {
    Object.defineProperty(workspace, 'workspaceFolders', original);
  }
}
