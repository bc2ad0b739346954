import { l10n } from 'vscode';
import {
  canContinue,
  doubledLimit,
  usedAllTokensForReasoning,
  shownChoice,
  type Answer,
} from '../../core/chat/answer';
import { maxCost } from '../../core/tokens/price';
import type { Button, AnswerNoticeView } from '../../protocol/messages';
import { button } from '../chat/error-card';
import { formatCount, formatUsd } from '../number-format';

/** An answer may end as the protocol wants and still not be what the user expects. */
export function noticeFor(answer: Answer): AnswerNoticeView | undefined {
  const { text, refusal, finishReason } = shownChoice(answer);
  if (usedAllTokensForReasoning(answer)) return allThought(answer);
  if (finishReason === 'length') {
    const limit = answer.runs.at(-1)?.terms.limit;
    return {
      text:
        limit === undefined
          ? l10n.t('The answer was cut off at the token limit (o1mini.maxCompletionTokens).')
          : l10n.t('The answer was cut off at the limit of {0} tokens.', formatCount(limit)),
      buttons: [button('continueAnswer')],
    };
  }
  if (finishReason === 'content_filter') {
    return { text: l10n.t('The answer was cut off by the content filter of the service.'), buttons: [] };
  }
  if (text === '' && refusal === '')
    return { text: l10n.t('The model returned an empty answer.'), buttons: [] };
  return undefined;
}

export function stoppedNotice(answer: Answer): AnswerNoticeView {
  return { text: l10n.t('Stopped'), buttons: canContinue(answer) ? [button('continueAnswer')] : [] };
}

/** The thinking ate the limit: it is billed, and asking again with the same limit would most likely be too. */
function allThought(answer: Answer): AnswerNoticeView {
  const run = answer.runs.at(-1);
  const spent = run?.receipts.find(({ usage }) => usage?.completionTokens !== undefined)?.usage
    ?.completionTokens;
  const tokens = spent ?? run?.terms.limit;
  const text =
    tokens === undefined
      ? l10n.t('The model used all tokens for reasoning. Increase o1mini.maxCompletionTokens and try again.')
      : l10n.t(
          'The model used all {0} tokens for reasoning; none were left for the answer.',
          formatCount(tokens),
        );
  return { text, buttons: [...doubledButton(answer), button('openSettings')] };
}

function doubledButton(answer: Answer): readonly Button[] {
  const terms = answer.runs.at(-1)?.terms;
  const limit = doubledLimit(answer);
  if (!terms || limit === undefined) return [];
  const { price, promptTokens, n } = terms;
  const label = l10n.t('Retry with {0} tokens', formatCount(limit));
  return [
    {
      action: 'retryDoubled',
      label: price
        ? l10n.t('{0}, at most {1}', label, formatUsd(maxCost(price, promptTokens, limit, n)))
        : label,
      hint: l10n.t(
        'Sends the question again with this limit. The setting o1mini.maxCompletionTokens does not change.',
      ),
    },
  ];
}
