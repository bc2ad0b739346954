import { l10n } from 'vscode';
import { formatCount, formatUsd } from '../../number-format';
import type { Spending } from '../../storage/spending';

/** The tokens and the cost of today in all windows, in one line. A cost that is not known is not shown as free. */
export async function describeUsage(
  spending: Pick<Spending, 'usdToday' | 'unpricedRequestsToday' | 'tokensToday'>,
): Promise<string> {
  const [usd, unknown, tokens] = [
    await spending.usdToday(),
    await spending.unpricedRequestsToday(),
    formatCount(await spending.tokensToday()),
  ];
  if (unknown === 0) return l10n.t('Today: {0} tokens, {1}', tokens, formatUsd(usd));
  if (usd === 0) return l10n.t('Today: {0} tokens, price not known', tokens);
  return unknown === 1
    ? l10n.t('Today: {0} tokens, {1} and one request whose price is not known', tokens, formatUsd(usd))
    : l10n.t(
        'Today: {0} tokens, {1} and {2} requests whose price is not known',
        tokens,
        formatUsd(usd),
        formatCount(unknown),
      );
}
