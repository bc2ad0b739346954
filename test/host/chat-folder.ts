import { rename } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { ChatFolder } from '../../src/host/storage/chat-files';
import { fileSystemWith } from '../../src/host/storage/file-system';

/** A folder of chats as the extension has it on a desktop. */
export function chatFolder(path: string, log: vscode.LogOutputChannel): ChatFolder {
  return { uri: vscode.Uri.file(path), fs: fileSystemWith(rename), log };
}
