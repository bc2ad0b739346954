import { existsSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { downloadAndUnzipVSCode, SilentReporter } from '@vscode/test-electron';
import { onPath } from './on-path';
import { inRepository } from './paths';

export type Desktop =
  | { readonly kind: 'desktop'; readonly executable: string }
  | { readonly kind: 'server'; readonly reason: string };

/** Desktop VS Code where one is installed or can be downloaded, and has a screen; otherwise its server with a browser as window. */
export async function findDesktop(): Promise<Desktop> {
  if (!hasScreen()) return { kind: 'server', reason: 'there is no display' };
  const executable = process.env.VSCODE_PATH ?? installedDesktop();
  if (executable !== undefined) return { kind: 'desktop', executable };
  if (!(await downloadAnswers()))
    return { kind: 'server', reason: 'update.code.visualstudio.com does not answer' };
  console.log('Downloading desktop VS Code, once.');
  const downloaded = await downloadAndUnzipVSCode({
    cachePath: inRepository('.vscode-test'),
    reporter: new SilentReporter(),
  });
  return { kind: 'desktop', executable: downloaded };
}

/** The `code` on PATH is a script that starts VS Code and leaves; the program itself is found from where the script lies. */
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

async function downloadAnswers(): Promise<boolean> {
  try {
    const answer = await fetch('https://update.code.visualstudio.com/api/releases/stable', {
      signal: AbortSignal.timeout(10_000),
    });
    return answer.ok;
  } catch {
    return false;
  }
}
