import assert from 'node:assert/strict';
import { ESLint, Linter } from 'eslint';
import tseslint from 'typescript-eslint';
import { inRepository } from '../support/paths';

/** What the rule against certain calls says of code in a file of the sources. */
async function refusals(file: string, code: string): Promise<readonly string[]> {
  const config = (await new ESLint({ cwd: inRepository() }).calculateConfigForFile(inRepository(file))) as {
    readonly rules: Linter.RulesRecord;
  };
  const rules = { 'no-restricted-syntax': config.rules['no-restricted-syntax'] } as Linter.RulesRecord;
  const parser = tseslint.parser as Linter.Parser;
  return new Linter()
    .verify(code, [{ files: ['**/*.ts'], languageOptions: { parser }, rules }], { filename: 'x.ts' })
    .map(({ message }) => message);
}

describe('S3 A message that foreign text could turn into a link is refused by the linter', () => {
  const calls = [
    "vscode.window.showErrorMessage('x')",
    "window['showWarningMessage']('x')",
    "const { showInformationMessage } = window; showInformationMessage('x')",
    "const { showInformationMessage: show } = window; show('x')",
    "(window as never as Record<string, () => void>)['showErrorMessage']?.()",
    'const show = vscode.window?.showErrorMessage;',
  ];

  it('in whatever way it is called, everywhere but in host/notifications.ts', async () => {
    for (const code of calls) {
      assert.notDeepEqual(await refusals('src/host/commands/commands.ts', code), [], code);
      assert.deepEqual(await refusals('src/host/notifications.ts', code), [], code);
    }
  }).timeout(60_000);

  it('and so is text with links of its own', async () => {
    const trusting = [
      'new vscode.MarkdownString(text)',
      'hover.isTrusted = true',
      'window.withProgress({ title }, run)',
    ];
    for (const code of trusting) {
      for (const file of ['src/host/commands/commands.ts', 'src/host/notifications.ts']) {
        assert.notDeepEqual(await refusals(file, code), [], code);
      }
    }
  }).timeout(60_000);

  it('but not other code', async () => {
    assert.deepEqual(
      await refusals('src/host/commands/commands.ts', "showError('x'); window.showTextDocument(document)"),
      [],
    );
  }).timeout(60_000);
});
