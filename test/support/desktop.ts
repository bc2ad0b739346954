import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { downloadAndUnzipVSCode, SilentReporter } from '@vscode/test-electron';
import { onPath } from './on-path';
import { inRepository } from './paths';

export type Desktop =
  | { readonly kind: 'desktop'; readonly executable: string }
  | { readonly kind: 'server'; readonly reason: string };

/** Desktop VS Code if there is a display and VS Code is installed or can be downloaded; otherwise the server of VS Code with a browser. */
export async function findDesktop(): Promise<Desktop> {
  if (!hasScreen()) return { kind: 'server', reason: 'there is no display' };
  const executable = process.env.VSCODE_PATH ?? installedDesktop();
  if (executable !== undefined) return { kind: 'desktop', executable };
  if (!(await canDownload()))
    return { kind: 'server', reason: 'update.code.visualstudio.com does not respond' };
  console.log('Downloading desktop VS Code, once.');
  const downloaded = await downloadAndUnzipVSCode({
    cachePath: inRepository('.vscode-test'),
    reporter: new SilentReporter(),
  });
  return { kind: 'desktop', executable: downloaded };
}

/** Finds the program of VS Code relative to the script `code` on PATH, which only starts it. */
function installedDesktop(): string | undefined {
  const script = onPath('code');
  if (script === undefined) return undefined;
  const programs = ['../../code', '../../Code.exe', '../../../../MacOS/Electron', '../../../../MacOS/Code'];
  return programs.map((path) => resolve(realpathSync(script), path)).find((path) => existsSync(path));
}

function hasScreen(): boolean {
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  return Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}

async function canDownload(): Promise<boolean> {
  try {
    const answer = await fetch('https://update.code.visualstudio.com/api/releases/stable', {
      signal: AbortSignal.timeout(10_000),
    });
    return answer.ok;
  } catch {
    return false;
  }
}
