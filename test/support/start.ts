import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from '../server/server';
import { findDesktop } from './desktop';
import { mainJob } from './main-job';
import { inRepository } from './paths';
import { startGroup } from './process-group';
import { quietSettings } from './quiet-settings';
import { copyOfFolder, scratchFolder, type Settings, writeSettings } from './scratch-folder';
import { installServer } from './server-install';
import { startVsCodeServer } from './vscode-server';
import { openWindow } from './window';

async function runHeadless(): Promise<number> {
  const window = await openWindow({ api: {} });
  try {
    await mainJob(window, console.log);
    console.log('The main task works.');
    return 0;
  } catch (error) {
    console.error(error);
    console.error(`Screenshot: ${await window.screenshot('demo-failed')}`);
    return 1;
  } finally {
    await window.close();
  }
}

interface Session {
  readonly folder: string;
  readonly dataDir: string;
  readonly extensionsDir: string;
  readonly settings: Settings;
}

async function openDemo(): Promise<number> {
  const [api, desktop] = await Promise.all([startServer(), findDesktop()]);
  const session = {
    folder: copyOfFolder(),
    dataDir: scratchFolder(),
    extensionsDir: folderWithCompanion(),
    settings: { ...quietSettings, 'o1mini.baseUrl': api.origin },
  };
  if (desktop.kind === 'desktop') return openDesktop(desktop.executable, session);
  console.log(`VS Code runs as a server: ${desktop.reason}.`);
  return openServer(session);
}

async function openDesktop(executable: string, session: Session): Promise<number> {
  const { folder, dataDir, extensionsDir, settings } = session;
  writeSettings(join(dataDir, 'User', 'settings.json'), settings);
  const args = [
    folder,
    `--extensionDevelopmentPath=${inRepository()}`,
    `--user-data-dir=${dataDir}`,
    `--extensions-dir=${extensionsDir}`,
    '--disable-workspace-trust',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  const window = startGroup(executable, args, { output: 'captured' });
  console.log('VS Code is open. This command ends when its window is closed.');
  return window.exited;
}

async function openServer({ folder, dataDir, extensionsDir, settings }: Session): Promise<number> {
  const server = await startVsCodeServer({
    install: await installServer(),
    dataDir,
    extensionsDir,
    userSettings: settings,
    machineSettings: settings,
    trust: 'trusted',
  });
  console.log('Open this address in a browser. Press Ctrl+C to end the server.');
  console.log(server.windowUrl({ folder, extensionDevelopmentPath: inRepository() }));
  return server.closed;
}

/** Installs an extension that opens the panel when a window opens, because VS Code has no option for it. */
function folderWithCompanion(): string {
  const extensionsDir = scratchFolder();
  const folder = join(extensionsDir, 'o1mini.o1-mini-companion-0.0.1');
  const manifest = {
    name: 'o1-mini-companion',
    publisher: 'o1mini',
    version: '0.0.1',
    engines: { vscode: '^1.106.0' },
    main: './extension.js',
    activationEvents: ['onStartupFinished'],
  };
  const source = `exports.activate = () => require('vscode').commands.executeCommand('o1mini.openChat');`;
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'extension.js'), source);
  return extensionsDir;
}

const start = process.argv.includes('--headless') ? runHeadless : openDemo;
start().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
