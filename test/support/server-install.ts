import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { inRepository } from './paths';
import { runQuietly } from './process-group';

const serverVersion = '4.139.1';
const nodeVersion = '24.21.0';

export interface ServerInstall {
  /** The Node that the server was built for. */
  readonly node: string;
  readonly main: string;
}

/** Installs VS Code's server (carried by code-server) once; a stamp written last tells a whole install from a broken one. */
export async function installServer(): Promise<ServerInstall> {
  const folder = inRepository('.vscode-test', `server-${serverVersion}`);
  const stamp = join(folder, 'installed');
  const nodePackage = join(folder, 'node_modules', `node-${process.platform}-${process.arch}`);
  const vscode = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  if (!existsSync(stamp)) {
    console.log(`Installing VS Code's server into ${folder}: about a minute, once.`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await install(folder, nodePackage, vscode);
    writeFileSync(stamp, serverVersion);
  }
  return { node: join(nodePackage, 'bin', 'node'), main: join(vscode, 'out', 'server-main.js') };
}

async function install(folder: string, nodePackage: string, vscode: string): Promise<void> {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline'];
  const packages = [`code-server@${serverVersion}`, `${basename(nodePackage)}@${nodeVersion}`];
  const env = environment(nodePackage);
  await runQuietly('npm', ['install', '--ignore-scripts', '--no-save', ...quiet, ...packages], {
    cwd: folder,
    env: environment(),
  });
  await runQuietly('npm', ['install', '--omit=dev', '--ignore-scripts', ...quiet], { cwd: vscode, env });
  // Logs and file watching; the server's other native modules are not needed here.
  const native = ['@vscode/spdlog', '@parcel/watcher', '@vscode/native-watchdog'];
  await runQuietly('npm', ['rebuild', '--dangerously-allow-all-scripts', ...native], { cwd: vscode, env });
}

/** Ours without what `npm test` adds, which would make these installs settings of our own package. */
function environment(nodePackage?: string): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^npm_(package|lifecycle|config_local)/.test(name),
  );
  const env: NodeJS.ProcessEnv = Object.fromEntries(own);
  if (nodePackage === undefined) return env;
  return {
    ...env,
    PATH: `${join(nodePackage, 'bin')}${delimiter}${process.env.PATH ?? ''}`,
    npm_config_nodedir: nodePackage,
  };
}
