import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startGroup } from './process-group';
import { type Settings, writeSettings } from './scratch-folder';
import type { ServerInstall } from './server-install';

/** Longest time until a window has its first page, in ms. It is much longer on a busy machine. */
export const MAX_START_MS = 120_000;

export interface ServerOptions {
  readonly install: ServerInstall;
  readonly port?: number;
  readonly dataDir: string;
  readonly extensionsDir?: string;
  readonly userSettings: Settings;
  readonly keyBindings?: readonly KeyBinding[];
  /** Settings of scope `machine` are read from here only. */
  readonly machineSettings: Settings;
  readonly trust: 'trusted' | 'ask';
}

/** An entry of `keybindings.json`. */
export interface KeyBinding {
  readonly key: string;
  readonly command: string;
  readonly args?: unknown;
}

/** The folder or workspace file that a window opens; without either, the window has no folder. */
export interface WindowAddress {
  readonly folder?: string;
  readonly workspace?: string;
  readonly extensionDevelopmentPath?: string;
  readonly extensionTestsPath?: string;
}

export interface VsCodeServer {
  readonly origin: string;
  windowUrl(address: WindowAddress): string;
  log(): string;
  readonly closed: Promise<number>;
  close(): Promise<void>;
  /** Kills the server with all extension hosts, so that nothing is saved. */
  kill(): Promise<void>;
}

export function machineSettingsFile(dataDir: string): string {
  return join(dataDir, 'data', 'Machine', 'settings.json');
}

export async function startVsCodeServer(options: ServerOptions): Promise<VsCodeServer> {
  const { dataDir, install } = options;
  writeSettings(join(dataDir, 'data', 'User', 'settings.json'), options.userSettings);
  writeFileSync(join(dataDir, 'data', 'User', 'keybindings.json'), JSON.stringify(options.keyBindings ?? []));
  writeSettings(machineSettingsFile(dataDir), options.machineSettings);
  const group = startGroup(install.node, [install.main, ...serverArguments(options)], { output: 'captured' });
  const [, port] = await group.untilOutput(/Extension host agent listening on (\d+)/);
  const origin = `http://127.0.0.1:${port ?? ''}`;
  return {
    origin,
    windowUrl: (address) => windowUrl(origin, address),
    log: () => group.output(),
    closed: group.exited,
    close: () => group.kill(),
    kill: () => group.kill('SIGKILL'),
  };
}

function serverArguments(options: ServerOptions): readonly string[] {
  return [
    '--without-connection-token',
    '--accept-server-license-terms',
    // Without this option, a built VS Code ignores the payload of the address.
    '--enable-smoke-test-driver',
    '--disable-telemetry',
    ...(options.trust === 'trusted' ? ['--disable-workspace-trust'] : []),
    '--host',
    '127.0.0.1',
    '--port',
    String(options.port ?? 0),
    '--server-data-dir',
    options.dataDir,
    '--extensions-dir',
    options.extensionsDir ?? join(options.dataDir, 'extensions'),
  ];
}

function windowUrl(origin: string, address: WindowAddress): string {
  const remote = (path: string): string => `vscode-remote://remote${pathToFileURL(path).pathname}`;
  const payload = [
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
  ];
  const { folder, workspace, extensionDevelopmentPath: development, extensionTestsPath: tests } = address;
  if (development !== undefined) payload.push(['extensionDevelopmentPath', remote(development)]);
  if (tests !== undefined) payload.push(['extensionTestsPath', remote(tests)]);
  const query = new URLSearchParams({ payload: JSON.stringify(payload) });
  if (folder !== undefined) query.set('folder', folder);
  if (workspace !== undefined) query.set('workspace', workspace);
  // "Empty window": otherwise VS Code would open the last folder.
  if (folder === undefined && workspace === undefined) query.set('ew', 'true');
  return `${origin}/?${query.toString()}`;
}
