import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Platform } from '../../src/host/platform';

/** Where the extension lies, with what was built of it. */
export function extensionUri(): vscode.Uri {
  const extension = vscode.extensions.getExtension('o1mini.o1-mini-chat');
  assert.ok(extension);
  return extension.extensionUri;
}

export const loadTokenizer: Platform['loadTokenizer'] = () => import('../../src/core/tokens/count');
