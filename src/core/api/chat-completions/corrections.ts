import type { Correction } from '../compatibility';
import type { RetryHints, ChatError } from '../errors';
import type { ChatBody } from './body';

/** Words for "I do not know this parameter", as against "its value is too large". */
const UNSUPPORTED_MESSAGE =
  /unsupported|not (?:be )?(?:supported|permitted|allowed|recognized|available)|(?:does|do) ?n[o']t support|unrecogni[sz]ed|unknown|unexpected|extra (?:inputs?|fields?)|additional propert|should not exist|not a valid (?:parameter|argument|field)|only (?:one|1|user|a single)|must be (?:1|one|equal to 1)\b|fixed at 1|(?:less than or equal to|<=|at most) 1\b|\buse\b[^.]*\binstead|(?:supported values are|should be):? ['"`]?(?:user|assistant|false)\b/i;

/** The same as an error's code. */
const UNSUPPORTED_CODE =
  /^(?:unsupported|unknown|unrecognized)_|^invalid_parameter_combination$|^extra_forbidden$/;

/** Another value of the same parameter would do; where that is 1 at most, none that we want. */
const INVALID_VALUE_MESSAGE =
  /^(?!.*(?:less than or equal to|<=|at most) 1\b).*(?:\btoo (?:large|big|high|long|many|small|low)\b|(?:above|below|exceeds?|over) (?:the )?(?:maximum|minimum|limit)|\bat most \d{2}|\bmaximum (?:value|of|is)\b|\bout of range\b|\binvalid type\b)/is;

/**
 * How to send a question that was refused for one of its parameters; undefined where the refusal names none
 * that was sent, or nothing else could be sent in its place.
 */
export function correctionFor(error: ChatError, advice: RetryHints, body: ChatBody): Correction | undefined {
  if (error.kind !== 'bad-request' || (error.status !== 400 && error.status !== 422)) return undefined;
  const { message } = error;
  const { param, code = '' } = advice;
  if (!UNSUPPORTED_MESSAGE.test(message) && !UNSUPPORTED_CODE.test(code)) return undefined;
  if (INVALID_VALUE_MESSAGE.test(message)) return undefined;
  return CORRECTION_RULES.find(
    ({ sent, names, words }) =>
      sent(body) && (param === undefined ? words.test(message) : names.test(param) || words.test(message)),
  )?.correction;
}

interface CorrectionRule {
  readonly correction: Correction;
  /** Whether the refused request had it. */
  readonly sent: (body: ChatBody) => boolean;
  /** As `param` of an error. */
  readonly names: RegExp;
  /** In the words of an error. */
  readonly words: RegExp;
}

/** In the order in which they are looked for: `stream_options` also names `stream`, and an advised name comes last. */
const CORRECTION_RULES: readonly CorrectionRule[] = [
  {
    correction: 'no-system-role',
    sent: ({ messages }) => messages.some(({ role }) => role === 'system'),
    names: /\brole$/,
    words:
      /\b(?:system|developer)\b.*\b(?:role|message|prompt|model)|\brole.*\b(?:system|developer|user)\b/is,
  },
  {
    correction: 'no-name',
    sent: ({ messages }) => messages.some(({ name }) => name !== undefined),
    names: /^messages\b.*\bname$/,
    words: /messages\S*\bname\b/i,
  },
  {
    correction: 'no-stream-options',
    sent: (body) => body.stream_options !== undefined,
    names: /^stream_options/,
    words: /stream_options|include_usage/i,
  },
  {
    correction: 'max-completion-tokens',
    sent: (body) => body.max_tokens !== undefined,
    names: /^max_tokens$/,
    words: /\bmax_tokens\b/i,
  },
  {
    correction: 'max-tokens',
    sent: (body) => body.max_completion_tokens !== undefined,
    names: /^max_completion_tokens$/,
    words: /\bmax_completion_tokens\b/i,
  },
  {
    correction: 'single-answers',
    sent: (body) => body.n !== undefined,
    names: /^n$/,
    words:
      /['"`]n['"`]|\bn ?(?:>|=|:|must|is|does|parameter|greater)|\b(?:field|parameter|argument|property)(?: supplied)?:? n\b|\b(?:one|multiple) (?:completion|choice)/i,
  },
  {
    correction: 'no-seed',
    sent: (body) => body.seed !== undefined,
    names: /^seed$/,
    words: /\bseed\b/i,
  },
  {
    correction: 'no-stream',
    sent: (body) => body.stream,
    names: /^stream$/,
    words: /\bstream(?:ing)?\b/i,
  },
];
