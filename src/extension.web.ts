import { Uri, workspace, type ExtensionContext } from 'vscode';
import { start, type StartedExtension } from './host/activation';
import { createModuleLoader } from './platform/web/module-loader';
import type * as chat from './web';

/** Passed to this script by VS Code. It knows `vscode`, and no files. */
declare const require: (name: string) => unknown;

let started: StartedExtension | undefined;

export function activate(context: ExtensionContext): StartedExtension['api'] {
  const folder = Uri.joinPath(context.extensionUri, 'dist', 'web');
  const load = createModuleLoader({
    read: async (path) => new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(folder, path))),
    address: `${folder.toString()}/`,
    require,
  });
  started = start(context, () => load('./chat.js') as Promise<typeof chat>);
  return started.api;
}

export function deactivate(): Promise<void> | undefined {
  return started?.suspend();
}
