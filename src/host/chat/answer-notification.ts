import { l10n } from 'vscode';
import type { Answer } from '../../core/chat/answer';
import { showInformation } from '../notifications';
import { formatCount } from '../number-format';

/** Milliseconds from which a user has turned to something else meanwhile. */
const longWait = 30_000;

/** Tells of an answer that took long and ended while nobody was looking. */
export async function announceArrival(answer: Answer, inSight: boolean, show: () => unknown): Promise<void> {
  const [first, last] = [answer.runs[0], answer.runs.at(-1)];
  if (inSight || answer.status.kind === 'stopped' || !first || last?.endedAt === undefined) return;
  const waited = last.endedAt - last.askedAt;
  if (waited < longWait) return;
  const seconds = formatCount(Math.round(waited / 1000));
  const words =
    answer.status.kind === 'done'
      ? l10n.t('o1-mini has answered, after {0} s.', seconds)
      : l10n.t('The question to o1-mini came to no whole answer, after {0} s.', seconds);
  const open = l10n.t('Show Answer');
  if ((await showInformation(words, [], open)) === open) show();
}
