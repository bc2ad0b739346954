import { l10n } from 'vscode';
import type { LoweredLimit } from '../../../core/prompt/answer-limit';
import { formatCount } from '../../number-format';

/** @param requests the number of requests whose cost is not known, at least 1 */
export function unknownCostText(requests: number): string {
  return requests === 1
    ? l10n.t('One request whose price is not known is not included.')
    : l10n.t('{0} requests whose price is not known are not included.', formatCount(requests));
}

/** Why the token limit of an answer is lower than the one in the settings. */
export function loweredLimitText(tokens: number, { from, by }: LoweredLimit): string {
  return 'maxOutput' in by
    ? l10n.t(
        'The limit was lowered from {0} to {1} tokens, the maximum for this model.',
        formatCount(from),
        formatCount(tokens),
      )
    : l10n.t(
        'The limit was lowered from {0} to {1} tokens, because the prompt leaves no more space in the context window of {2} tokens.',
        formatCount(from),
        formatCount(tokens),
        formatCount(by.context),
      );
}
