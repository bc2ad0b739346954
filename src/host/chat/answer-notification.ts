import * as vscode from 'vscode';
import type { Answer } from '../../core/chat/answer';
import { showInformation } from '../notifications';
import { formatCount } from '../number-format';

/** Shortest wait for an answer after which the user is notified, in ms. */
const MIN_WAIT_MS = 30_000;

/**
 * Notifies the user of an answer that took long and ended while the chat was not visible.
 *
 * @param isVisible whether the user could see the answer end
 */
export async function showAnswerNotification(
  answer: Answer,
  isVisible: boolean,
  show: () => unknown,
): Promise<void> {
  const [first, last] = [answer.runs[0], answer.runs.at(-1)];
  if (isVisible || answer.status.kind === 'stopped' || !first || last?.endedAt === undefined) return;
  const waited = last.endedAt - last.askedAt;
  if (waited < MIN_WAIT_MS) return;
  const seconds = formatCount(Math.round(waited / 1000));
  const text =
    answer.status.kind === 'done'
      ? vscode.l10n.t('o1-mini answered after {0} s.', seconds)
      : vscode.l10n.t('o1-mini stopped after {0} s without a complete answer.', seconds);
  const open = vscode.l10n.t('Show Answer');
  if ((await showInformation(text, [], open)) === open) show();
}
