import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { readSettings } from '../../src/host/settings';
import { withSettings } from './with-settings';

const configuration = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('o1mini');

describe('The settings', () => {
  it('are right as they come', () => {
    const { settings, wrong } = readSettings();
    assert.deepEqual(wrong, []);
    assert.equal(settings.model, 'o1-mini');
    assert.equal(settings.maxCompletionTokens, 25_000);
    assert.equal(settings.seed, null);
  });

  const wrongValues: readonly (readonly [string, readonly unknown[]])[] = [
    ['baseUrl', [7]],
    ['model', ['', '  ', 3]],
    ['maxCompletionTokens', [0, -1, 1.5, '512', 1e300]],
    ['tokenLimitParameter', ['both', true]],
    ['api', ['completions', '', true]],
    ['reasoningSummary', ['', 'none', 1]],
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
  for (const [name, values] of wrongValues) {
    it(`name o1mini.${name} and use its default where it is one of ${JSON.stringify(values)}`, async () => {
      const standard: unknown = configuration().inspect(name)?.defaultValue;
      for (const value of values) {
        await withSettings({ [name]: value }, () => {
          const { settings, wrong } = readSettings();
          assert.deepEqual(wrong, [`o1mini.${name}`]);
          assert.deepEqual(settings[name as keyof typeof settings], standard);
        });
      }
    });
  }

  it('are used as they are where they are right', async () => {
    await withSettings({ seed: 42 }, () => assert.equal(readSettings().settings.seed, 42));
    await withSettings({ n: 3 }, () => assert.equal(readSettings().settings.n, 3));
  });

  it('cannot be set by a workspace', async () => {
    await assert.rejects(
      Promise.resolve(
        configuration().update('baseUrl', 'https://evil.example', vscode.ConfigurationTarget.Workspace),
      ),
    );
  });
});
