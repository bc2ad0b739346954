import { l10n } from 'vscode';
import type { Action, Problem } from '../../../protocol/messages';
import { button } from '../buttons';

/** Actions whose button says the same wherever it stands. */
export type PlainAction = Parameters<typeof button>[0];

export function problem(title: string, explanation: string, actions: readonly PlainAction[]): Problem {
  return { title, explanation, buttons: actions.map(button) };
}

/** The same, with a button in front that this problem alone has. */
export function problemWith(
  { action, label, hint }: { readonly action: Action; readonly label: string; readonly hint: string },
  { title, explanation, buttons }: Problem,
): Problem {
  return { title, explanation, buttons: [{ action, label, hint }, ...buttons] };
}

/** The server's words for a sentence of ours, which ends after them; some servers have none. */
export function quoted(message: string): string {
  const words = message.trim().replace(/[.!?]+$/, '');
  return /[\p{L}\p{N}]/u.test(words) ? words : l10n.t('no reason given');
}
