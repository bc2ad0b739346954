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
  it('starts nothing before it is used: VS Code derives onView and onCommand, and a tab comes back with its window', () => {
    assert.deepEqual(manifest.activationEvents, ['onWebviewPanel:o1mini.chatEditor']);
  });

  it('lets no workspace set anything', () => {
    const { properties } = manifest.contributes.configuration;
    const open = Object.entries(properties).filter(([, { scope }]) => scope !== 'machine');
    assert.deepEqual(open, []);
    assert.ok(manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.includes('o1mini.baseUrl'));
  });

  it('has every command under one category', () => {
    for (const { command, category } of manifest.contributes.commands) {
      assert.ok(command.startsWith('o1mini.'));
      assert.equal(category, 'o1-mini');
    }
  });

  it('is typed by the version that it asks for', () => {
    const minor = (range: string): string | undefined => /\d+\.\d+/.exec(range)?.[0];
    assert.equal(minor(manifest.devDependencies['@types/vscode'] ?? ''), minor(manifest.engines.vscode));
  });
});
