import { l10n } from 'vscode';
import type { Action, Problem } from '../../../protocol/messages';
import { button } from '../buttons';

/** Actions whose button has the same label everywhere. */
export type PlainAction = Parameters<typeof button>[0];

export function problem(title: string, explanation: string, actions: readonly PlainAction[]): Problem {
  return { title, explanation, buttons: actions.map(button) };
}

/** Adds a button in front that only this problem has. */
export function problemWith(
  { action, label, hint }: { readonly action: Action; readonly label: string; readonly hint: string },
  { title, explanation, buttons }: Problem,
): Problem {
  return { title, explanation, buttons: [{ action, label, hint }, ...buttons] };
}

/** A server's message as the end of a sentence. Some servers send none. */
export function quoted(message: string): string {
  const reason = message.trim().replace(/[.!?]+$/, '');
  return /[\p{L}\p{N}]/u.test(reason) ? reason : l10n.t('no reason given');
}
