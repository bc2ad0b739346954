import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly scope: string }>> };
  };
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

describe('The manifest', () => {
  it('activates the extension after VS Code has started, for the light bulb and the status bar, or on use before', () => {
    assert.deepEqual(manifest.activationEvents, ['onStartupFinished', 'onWebviewPanel:o1mini.chatEditor']);
  });

  it('lets no workspace change a setting', () => {
    const { properties } = manifest.contributes.configuration;
    const workspaceSettings = Object.entries(properties).filter(([, { scope }]) => scope !== 'machine');
    assert.deepEqual(workspaceSettings, []);
    assert.ok(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes('o1mini.baseUrl'));
  });

  it('lists every command in the same category', () => {
    for (const { command, category } of manifest.contributes.commands) {
      assert.ok(command.startsWith('o1mini.'));
      assert.equal(category, 'o1-mini');
    }
  });

  it('requires the VS Code version of the installed type definitions', () => {
    const minor = (range: string): string | undefined => /\d+\.\d+/.exec(range)?.[0];
    assert.equal(minor(manifest.devDependencies['@types/vscode'] ?? ''), minor(manifest.engines.vscode));
  });
});
