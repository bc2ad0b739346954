import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Platform } from '../../src/host/platform';

export function installedExtension(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension('o1mini.o1-mini-chat');
  assert.ok(extension);
  return extension;
}

/** The folder of the extension, with its built code. */
export function extensionUri(): vscode.Uri {
  return installedExtension().extensionUri;
}

export const loadTokenizer: Platform['loadTokenizer'] = () => import('../../src/core/tokens/token-counter');
