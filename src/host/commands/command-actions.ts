import * as vscode from 'vscode';
import { lastAnswerText } from '../../core/chat/conversation';
import { lastCodeBlock } from '../../core/text/fence';
import type { Chat } from '../services';
import type { ActiveEditor } from '../editor/active-editor';
import { insertAtCursor } from '../editor/insert';
import { readSelection, sayWhyNothing } from '../editor/selection';
import { showError, showInformation } from '../notifications';
import { readEndpoint } from '../models/service-endpoint';
import { openSettings, readSettings } from '../settings';
import type { KeyStore } from '../storage/keys';

/** Asks for the API key of the service in the settings. */
export async function setApiKey(keys: KeyStore): Promise<void> {
  const origin = await originInSettings();
  if (origin !== undefined) await keys.ask(origin);
}

/** Deletes the API key of the service in the settings. */
export async function deleteApiKey(keys: KeyStore): Promise<void> {
  const origin = await originInSettings();
  if (origin !== undefined) await keys.delete(origin);
}

/** The origin of `o1mini.baseUrl`; undefined after the user was told that it cannot be used. */
async function originInSettings(): Promise<string | undefined> {
  const endpoint = readEndpoint(readSettings().settings);
  if (typeof endpoint !== 'string') return endpoint.origin;
  const open = vscode.l10n.t('Open Settings');
  const text = vscode.l10n.t('A key belongs to an address, and o1mini.baseUrl cannot be used as one.');
  if ((await showError(text, [], open)) === open) await openSettings('o1mini.baseUrl');
  return undefined;
}

/** Asks for an explanation of the selection. */
export async function explainSelection(chat: Chat, editor: ActiveEditor): Promise<void> {
  const selection = readSelection(editor.current);
  if (selection.kind !== 'code') sayWhyNothing(selection.kind);
  else await chat.ask({ text: vscode.l10n.t('Explain this code.'), attachments: selection.attachments });
}

/** Inserts the last code block of the last answer at the cursor. */
export async function insertLastCode(chat: Chat, editor: ActiveEditor): Promise<void> {
  const block = lastCodeBlock(chat.restore(lastAnswerText(chat.sessions.shown.conversation)));
  if (block) await insertAtCursor(editor.current, block);
  else void showInformation(vscode.l10n.t('The last answer has no code to insert.'));
}
