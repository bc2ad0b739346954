import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { inRepository } from './paths';
import { runQuietly } from './process-group';

/** The versions of code-server that carry these versions of VS Code, each with the Node that it was built for. */
const releases = {
  newest: {
    server: '4.139.1',
    node: '24.21.0',
    // For logging and file watching; the others are not needed.
    nativeModules: ['@vscode/spdlog', '@parcel/watcher', '@vscode/native-watchdog'],
  },
  /** The oldest minor that `engines.vscode` allows. Without its native modules, it is installed faster and has no log. */
  oldest: { server: '4.106.3', node: '22.23.5', nativeModules: [] },
} as const;

export type VsCodeRelease = keyof typeof releases;
type Release = (typeof releases)[VsCodeRelease];

export interface ServerInstall {
  /** The Node that the server was built for. */
  readonly node: string;
  readonly main: string;
}

/** Installs the server of VS Code, which is part of code-server, once. A stamp that is written last marks a complete installation. */
export async function installServer(name: VsCodeRelease = 'newest'): Promise<ServerInstall> {
  const release = releases[name];
  const folder = inRepository('.vscode-test', `server-${release.server}`);
  const stamp = join(folder, 'installed');
  const nodePackage = join(folder, 'node_modules', `node-${process.platform}-${process.arch}`);
  const vscode = join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  if (!existsSync(stamp)) {
    console.log(`Installing the server of VS Code into ${folder}. This takes about a minute, once.`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await install(release, folder, nodePackage, vscode);
    writeFileSync(stamp, release.server);
  }
  return { node: join(nodePackage, 'bin', 'node'), main: join(vscode, 'out', 'server-main.js') };
}

async function install(release: Release, folder: string, nodePackage: string, vscode: string): Promise<void> {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }));
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline'];
  const packages = [`code-server@${release.server}`, `${basename(nodePackage)}@${release.node}`];
  const env = environment(nodePackage);
  await runQuietly('npm', ['install', '--ignore-scripts', '--no-save', ...quiet, ...packages], {
    cwd: folder,
    env: environment(),
  });
  takeFromRegistry(vscode);
  await runQuietly('npm', ['install', '--omit=dev', '--ignore-scripts', ...quiet], { cwd: vscode, env });
  if (release.nativeModules.length === 0) return;
  const rebuild = ['rebuild', '--dangerously-allow-all-scripts', ...release.nativeModules];
  await runQuietly('npm', rebuild, { cwd: vscode, env });
}

interface Shrinkwrap {
  readonly packages: Record<
    string,
    { readonly dependencies?: Record<string, string>; readonly version?: string; readonly resolved?: string }
  >;
}

/** Replaces the dependencies that are Git repositories with the same versions in the registry. */
function takeFromRegistry(vscode: string): void {
  const [manifestFile, shrinkwrapFile] = [join(vscode, 'package.json'), join(vscode, 'npm-shrinkwrap.json')];
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8')) as { dependencies: Record<string, string> };
  const shrinkwrap = JSON.parse(readFileSync(shrinkwrapFile, 'utf8')) as Shrinkwrap;
  const { packages } = shrinkwrap;
  for (const [path, { version, resolved }] of Object.entries(packages)) {
    if (version === undefined || resolved?.startsWith('git+') !== true) continue;
    const name = path.slice('node_modules/'.length);
    Object.assign(manifest.dependencies, { [name]: version });
    Object.assign(packages['']?.dependencies ?? {}, { [name]: version });
    Reflect.deleteProperty(packages, path);
  }
  writeFileSync(manifestFile, JSON.stringify(manifest));
  writeFileSync(shrinkwrapFile, JSON.stringify(shrinkwrap));
}

/** The environment without the variables of `npm test`, with which npm would install into this package. */
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
