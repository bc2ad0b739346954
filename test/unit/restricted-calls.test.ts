import assert from 'node:assert/strict';
import { ESLint, Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { inRepository } from '../support/paths';

/** The messages of the rule `no-restricted-syntax` for code in a source file. */
async function lintMessages(file: string, code: string): Promise<readonly string[]> {
  const config = (await new ESLint({ cwd: inRepository() }).calculateConfigForFile(inRepository(file))) as {
    readonly rules: Linter.RulesRecord;
  };
  const rules = { 'no-restricted-syntax': config.rules['no-restricted-syntax'] } as Linter.RulesRecord;
  const parser = tseslint.parser as Linter.Parser;
  return new Linter()
    .verify(code, [{ files: ['**/*.ts'], languageOptions: { parser }, rules }], { filename: 'x.ts' })
    .map(({ message }) => message);
}

describe('S3 The linter', () => {
  const calls = [
    "vscode.window.showErrorMessage('x')",
    "window['showWarningMessage']('x')",
    "const { showInformationMessage } = window; showInformationMessage('x')",
    "const { showInformationMessage: show } = window; show('x')",
    "(window as never as Record<string, () => void>)['showErrorMessage']?.()",
    'const show = vscode.window?.showErrorMessage;',
  ];

  it('rejects the message functions of VS Code in any form, except in host/notifications.ts', async () => {
    for (const code of calls) {
      assert.notDeepEqual(await lintMessages('src/host/commands/commands.ts', code), [], code);
      assert.deepEqual(await lintMessages('src/host/notifications.ts', code), [], code);
    }
  }).timeout(60_000);

  it('rejects trusted Markdown, and progress notifications elsewhere: their text may contain links', async () => {
    const progress = 'window.withProgress({ title }, run)';
    assert.notDeepEqual(await lintMessages('src/host/commands/commands.ts', progress), []);
    const linkingCode = ['new vscode.MarkdownString(text)', 'hover.isTrusted = true'];
    for (const code of linkingCode) {
      for (const file of ['src/host/commands/commands.ts', 'src/host/notifications.ts']) {
        assert.notDeepEqual(await lintMessages(file, code), [], code);
      }
    }
  }).timeout(60_000);

  it('accepts other code', async () => {
    assert.deepEqual(
      await lintMessages(
        'src/host/commands/commands.ts',
        "showError('x'); window.showTextDocument(document)",
      ),
      [],
    );
  }).timeout(60_000);
});
