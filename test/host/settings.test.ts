import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { readSettings } from '../../src/host/settings';
import { withSettings } from './with-settings';

const configuration = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('o1mini');

describe('The settings', () => {
  it('are valid by default', () => {
    const { settings, wrong } = readSettings();
    assert.deepEqual(wrong, []);
    assert.equal(settings.model, 'o1-mini');
    assert.equal(settings.maxCompletionTokens, 25_000);
    assert.equal(settings.seed, null);
  });

  const invalidValues: readonly (readonly [string, readonly unknown[]])[] = [
    ['baseUrl', [7]],
    ['model', ['', '  ', 3]],
    ['maxCompletionTokens', [0, -1, 1.5, '512', 1e300]],
    ['tokenLimitParameter', ['both', true]],
    ['api', ['completions', '', true]],
    ['reasoningSummary', ['', 'none', 1]],
    ['reasoningEffort', ['', 'High', 'very high', 3, null, 'x'.repeat(33)]],
    ['verbosity', ['', 'low\n', ['low']]],
    ['stream', ['yes', 1]],
    ['includeUsage', ['no']],
    ['n', [0, 9, 1.5, '2']],
    ['seed', [0, -3, 0.5, 'x']],
    ['userName', ['Ada Lovelace', 'ä', 5]],
    ['instructions', [['Be brief']]],
    [
      'prompts',
      ['explain', [{ name: 'two words', prompt: 'a' }], [{ name: 'a', prompt: ' ' }], [{ name: 'a' }]],
    ],
    ['timeout.connect', [0, -1, 'long']],
    ['timeout.firstByte', [0, false]],
    ['timeout.idle', [0, {}]],
  ];
  for (const [name, values] of invalidValues) {
    it(`report o1mini.${name} and use its default if it is one of ${JSON.stringify(values)}`, async () => {
      const defaultValue: unknown = configuration().inspect(name)?.defaultValue;
      for (const value of values) {
        await withSettings({ [name]: value }, () => {
          const { settings, wrong } = readSettings();
          assert.deepEqual(wrong, [`o1mini.${name}`]);
          assert.deepEqual(settings[name as keyof typeof settings], defaultValue);
        });
      }
    });
  }

  it('are used if they are valid', async () => {
    await withSettings({ seed: 42 }, () => assert.equal(readSettings().settings.seed, 42));
    await withSettings({ n: 3 }, () => assert.equal(readSettings().settings.n, 3));
    const effort = 'a-word-of-next-year';
    await withSettings({ reasoningEffort: effort }, () =>
      assert.equal(readSettings().settings.reasoningEffort, effort),
    );
  });

  it('cannot be set by a workspace', async () => {
    await assert.rejects(
      Promise.resolve(
        configuration().update('baseUrl', 'https://evil.example', vscode.ConfigurationTarget.Workspace),
      ),
    );
  });
});
