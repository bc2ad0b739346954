import * as vscode from 'vscode';
import { ALLOWED_LINK } from '../../core/text/allowed-links';
import { isSymbolName } from '../../core/text/symbol-name';
import type { Platform } from '../platform';
import { findWorkspaceFiles, openWorkspaceFile, parseNamedFile } from '../editor/workspace-files';
import { findSymbolNames, openSymbol } from '../editor/workspace-symbol-links';
import type { FromWebviewMessage, PostMessage } from '../../protocol/messages';
import { showDialog, showWarning } from '../notifications';
import { respond } from '../../protocol/responses';

type LinkRequest = Extract<FromWebviewMessage, { readonly type: 'findFiles' | 'openFile' | 'openLink' }>;

export type AnswerLinks = (request: LinkRequest, reply: PostMessage) => void;

/**
 * Opens the links of an answer, and finds the files and symbols of the workspace that it names.
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
        return void openFileOrSymbol(request.name, realPath).catch(report);
      case 'findFiles':
        return respond(request, findFilesAndSymbols(request.names, realPath), reply, report);
    }
  };
}

async function findFilesAndSymbols(
  names: readonly string[],
  realPath: Platform['realPath'],
): Promise<readonly string[]> {
  const files = new Set(await findWorkspaceFiles(names, realPath));
  const symbols = await findSymbolNames(names.filter((name) => !files.has(name) && isSymbolName(name)));
  return [...files, ...symbols];
}

async function openFileOrSymbol(name: string, realPath: Platform['realPath']): Promise<void> {
  if (await openWorkspaceFile(name, realPath)) return;
  if (isSymbolName(name) && (await openSymbol(name))) return;
  void showWarning(vscode.l10n.t('{0} no longer exists.'), [parseNamedFile(name).path]);
}

/** Longest address that a dialog shows, in UTF-16 units; a longer one is not opened. */
const MAX_SHOWN_LENGTH = 2000;

/**
 * Opens a link of an answer, once the user has seen the whole of its address and agreed: VS Code shows it in part,
 * and not at all for mail and for domains that are trusted. A host name in another script is shown in its encoded
 * form, as it is looked up, so that it cannot pass for a name that it only resembles.
 */
export async function openLink(text: string): Promise<void> {
  const address = URL.canParse(text) ? new URL(text) : undefined;
  if (!address || !ALLOWED_LINK.test(address.href)) return;
  const { host } = address;
  // The same address, in a form in which a dialog has no links or icons to break.
  const href = address.href.replace(/[\]$](?=\()/g, encodeURIComponent);
  const title =
    host === ''
      ? vscode.l10n.t('Do you want to send an email to this address?')
      : vscode.l10n.t('Do you want to open this page on {0}?');
  const open = vscode.l10n.t('Open');
  const copy = vscode.l10n.t('Copy Address');
  const whole = href.length <= MAX_SHOWN_LENGTH;
  const tooLong = vscode.l10n.t(
    'The address is too long to be displayed and cannot be opened from here. You can copy the address.',
  );
  const detail = whole ? href : `${href.slice(0, MAX_SHOWN_LENGTH)}…\n\n${tooLong}`;
  const buttons = whole ? [open, copy] : [copy];
  const chosen = await showDialog({ severity: 'information', text: title, values: [host], detail, buttons });
  if (chosen === copy) await vscode.env.clipboard.writeText(href);
  if (chosen === open) await follow(href);
}

/** The address is opened exactly as it was shown. A `Uri` would encode some of its characters differently. */
async function follow(href: string): Promise<void> {
  if (href.startsWith('mailto:')) await vscode.env.openExternal(vscode.Uri.parse(href, true));
  else await vscode.commands.executeCommand('vscode.open', href);
}
