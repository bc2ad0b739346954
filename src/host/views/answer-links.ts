import type * as vscode from 'vscode';
import type { Platform } from '../platform';
import { findWorkspaceFiles, openWorkspaceFile } from '../editor/workspace-files';
import type { Reply } from '../reply';
import type { FromWebviewMessage } from '../../protocol/messages';
import { respond } from '../../protocol/responses';
import { openLink } from './open-link';

type LinkRequest = Extract<FromWebviewMessage, { readonly type: 'findFiles' | 'openFile' | 'openLink' }>;

export type AnswerLinks = (request: LinkRequest, reply: Reply) => void;

/**
 * Opens the links of an answer, and finds the files of the workspace that it names.
 *
 * @param hide replaces secrets in an address by their placeholders
 */
export function createAnswerLinks(
  hide: (address: string) => string,
  realPath: Platform['realPath'],
  log: vscode.LogOutputChannel,
): AnswerLinks {
  function report(error: unknown): void {
    log.error(`A link of an answer was not opened: ${String(error)}`);
  }

  return (request, reply) => {
    switch (request.type) {
      case 'openLink':
        return void openLink(hide(request.url)).catch(report);
      case 'openFile':
        return void openWorkspaceFile(request.name, realPath).catch(report);
      case 'findFiles':
        return respond(request, findWorkspaceFiles(request.names, realPath), reply, report);
    }
  };
}
