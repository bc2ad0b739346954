import type * as vscode from 'vscode';
import type { Platform } from '../platform';
import { findWorkspaceFiles, openWorkspaceFile } from '../editor/workspace-files';
import type { Reply } from '../reply';
import type { FromWebviewMessage } from '../../protocol/messages';
import { openLink } from './open-link';

type LinkRequest = Extract<FromWebviewMessage, { readonly type: 'findFiles' | 'openFile' | 'openLink' }>;

export type AnswerLinks = (request: LinkRequest, reply: Reply) => void;

/**
 * Opens the links of an answer, and looks for the files that it names: only those that are in the workspace.
 *
 * @param hide puts placeholders in the place of what must not leave with an address
 */
export function createAnswerLinks(
  hide: (address: string) => string,
  realPath: Platform['realPath'],
  log: vscode.LogOutputChannel,
): AnswerLinks {
  async function answer(request: LinkRequest, reply: Reply): Promise<void> {
    if (request.type === 'openLink') return openLink(hide(request.url));
    if (request.type === 'openFile') return openWorkspaceFile(request.name, realPath);
    const names = await findWorkspaceFiles(request.names, realPath);
    if (names.length > 0) reply({ type: 'filesFound', names });
  }

  return (request, reply) =>
    void answer(request, reply).catch((error: unknown) =>
      log.error(`A link of an answer was not opened: ${String(error)}`),
    );
}
