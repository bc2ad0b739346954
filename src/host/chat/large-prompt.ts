import { l10n, window } from 'vscode';
import type { ChatMessage } from '../../core/api';
import { estimateCost, type CostEstimate } from '../../core/tokens/cost';

/** Tokens above which the user is asked first: a quarter of what o1-mini can read. */
const askFrom = 32_000;

/** Asks before much is sent, with what it would cost; true at once where it is little. */
export async function confirmLargePrompt(messages: readonly ChatMessage[], model: string): Promise<boolean> {
  const characters = messages.reduce((sum, { content }) => sum + content.length, 0);
  const cost = estimateCost(characters, model);
  if (cost.tokens < askFrom) return true;
  const send = l10n.t('Send Anyway');
  const title = l10n.t('Send about {0} tokens to {1}?', cost.tokens.toLocaleString('en'), model);
  return (
    (await window.showWarningMessage(title, { modal: true, detail: detailOf(characters, cost) }, send)) ===
    send
  );
}

function detailOf(characters: number, { usd, exceedsContext }: CostEstimate): string {
  const megabytes = (characters / 1e6).toLocaleString('en', { maximumFractionDigits: 2 });
  return [
    l10n.t('The question and what goes with it have {0} million characters.', megabytes),
    usd === undefined
      ? ''
      : l10n.t('At the public list price that costs about ${0}, the answer not counted.', usd.toFixed(2)),
    exceedsContext ? l10n.t('It is more than the model can read; the service will probably refuse it.') : '',
    l10n.t('Nothing has been sent yet.'),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}
