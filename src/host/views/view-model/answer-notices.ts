import { l10n } from 'vscode';
import {
  canContinue,
  doubledLimit,
  usedAllTokensForReasoning,
  shownChoice,
  type Answer,
  type RequestUsage,
} from '../../../core/chat/answer';
import { namedBlocksIn } from '../../../core/text/fences/named-blocks';
import { maxCost } from '../../../core/tokens/price';
import type { Button, AnswerNoticeView } from '../../../protocol/messages';
import { button } from '../../chat/error-card';
import { loweredLimitText } from '../../chat/estimates/estimate-texts';
import { formatCount, formatUsd } from '../../number-format';

/** Notices on answers that ended normally but may not be what the user expects. */
export function noticeFor(answer: Answer): AnswerNoticeView | undefined {
  const notice = noticeOfEnd(answer);
  const text = [...(notice ? [notice.text] : []), ...limitTexts(answer)].join(' ');
  return text === '' ? undefined : { text, buttons: notice?.buttons ?? [] };
}

/** Notices about a token limit that the service ignored or lowered. */
function limitTexts({ runs }: Answer): readonly string[] {
  const run = runs.at(-1);
  if (!run) return [];
  const { limit, lowered } = run.terms;
  const receipt = run.receipts.find(({ ignoredLimit }) => ignoredLimit !== undefined);
  return [
    ...(lowered?.refused ? [loweredLimitText(limit, lowered)] : []),
    ...(receipt?.ignoredLimit ? [ignoredLimitText(limit, receipt.ignoredLimit, receipt.usage)] : []),
  ];
}

function ignoredLimitText(
  limit: number,
  { parameter, next }: NonNullable<RequestUsage['ignoredLimit']>,
  usage: RequestUsage['usage'],
): string {
  const counted = usage?.completionTokens ?? 0;
  const ignored =
    counted > limit
      ? l10n.t(
          'The service ignored the limit of {0} tokens ({1}) and returned {2}.',
          formatCount(limit),
          parameter,
          formatCount(counted),
        )
      : l10n.t(
          'The service ignored the limit of {0} tokens ({1}) and returned more.',
          formatCount(limit),
          parameter,
        );
  const consequence =
    next === undefined
      ? l10n.t('Answers from this model may be longer, and cost more, than estimated.')
      : l10n.t('From now on, the limit is sent to this model as {0}.', next);
  return `${ignored} ${consequence}`;
}

function noticeOfEnd(answer: Answer): AnswerNoticeView | undefined {
  const { text, refusal, reasoning, finishReason } = shownChoice(answer);
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
    return {
      text:
        reasoning === ''
          ? l10n.t('The model returned an empty answer.')
          : l10n.t('The service returned reasoning, but no answer. The reasoning is shown above.'),
      buttons: [],
    };
  return proposalNotice(text);
}

/** The line of a patch that names a file. */
const PATCHED_FILE = /^(?:\+\+\+ b\/|\*\*\* (?:Update|Add) File: )/gm;

/** The changes that an answer proposes for files can be compared with them. */
function proposalNotice(text: string): AnswerNoticeView | undefined {
  const count = namedBlocksIn(text).length || (text.match(PATCHED_FILE)?.length ?? 0);
  if (count === 0) return undefined;
  const notice =
    count === 1
      ? l10n.t('The answer proposes a change to a file.')
      : l10n.t('The answer proposes changes to {0} files.', formatCount(count));
  return { text: notice, buttons: [button('reviewChanges')] };
}

export function stoppedNotice(answer: Answer): AnswerNoticeView {
  return { text: l10n.t('Stopped'), buttons: canContinue(answer) ? [button('continueAnswer')] : [] };
}

/** Reasoning has used up the token limit. The request is billed, and so would be another one with the same limit. */
function allThought(answer: Answer): AnswerNoticeView {
  const run = answer.runs.at(-1);
  const spent = run?.receipts.find(({ usage }) => usage?.completionTokens !== undefined)?.usage
    ?.completionTokens;
  const tokens = spent ?? run?.terms.limit;
  const text =
    tokens === undefined
      ? l10n.t(
          'The model used all tokens for reasoning. Increase o1mini.maxCompletionTokens, then try again.',
        )
      : l10n.t(
          'The model used all {0} tokens for reasoning; none were left for the answer.',
          formatCount(tokens),
        );
  const lower = run?.reasoningEffort === undefined ? [] : [button('selectReasoningEffort')];
  return { text, buttons: [...doubledButton(answer), ...lower, button('openSettings')] };
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
