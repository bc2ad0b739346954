import type { Correction } from '../compatibility';
import type { RetryHints, ChatError } from '../errors';
import type { ChatBody } from './body';

/** Messages that reject a parameter as such, in contrast to "its value is too large". */
const UNSUPPORTED_MESSAGE =
  /unsupported|not (?:be )?(?:supported|permitted|allowed|recognized|available)|(?:does|do) ?n[o']t support|unrecogni[sz]ed|unknown|unexpected|extra (?:inputs?|fields?)|additional propert|should not exist|not a valid (?:parameter|argument|field)|only (?:one|1|user|a single)|must be (?:1|one|equal to 1)\b|fixed at 1|(?:less than or equal to|<=|at most) 1\b|\buse\b[^.]*\binstead|(?:supported values are|should be):? ['"`]?(?:user|assistant|false)\b/i;

/** Error codes that reject a parameter as such. */
const UNSUPPORTED_CODE =
  /^(?:unsupported|unknown|unrecognized)_|^invalid_parameter_combination$|^extra_forbidden$/;

/**
 * Messages that reject only the value, so that another value would be accepted. "At most 1" is not one of
 * them: a parameter limited to 1 is useless to us.
 */
const INVALID_VALUE_MESSAGE =
  /^(?!.*(?:less than or equal to|<=|at most) 1\b).*(?:\btoo (?:large|big|high|long|many|small|low)\b|(?:above|below|exceeds?|over) (?:the )?(?:maximum|minimum|limit)|\bat most \d{2}|\bmaximum (?:value|of|is)\b|\bout of range\b|\binvalid type\b)/is;

/**
 * The correction for a request that was rejected because of one of its parameters. Undefined if the error
 * names no parameter that was sent, or if there is no alternative (README.md, "Corrections").
 */
export function correctionFor(error: ChatError, hints: RetryHints, body: ChatBody): Correction | undefined {
  if (error.kind !== 'bad-request' || (error.status !== 400 && error.status !== 422)) return undefined;
  const { message } = error;
  const { param, code = '' } = hints;
  if (!UNSUPPORTED_MESSAGE.test(message) && !UNSUPPORTED_CODE.test(code)) return undefined;
  if (INVALID_VALUE_MESSAGE.test(message)) return undefined;
  return CORRECTION_RULES.find(
    ({ isSent, paramPattern, messagePattern }) =>
      isSent(body) && (messagePattern.test(message) || (param !== undefined && paramPattern.test(param))),
  )?.correction;
}

interface CorrectionRule {
  readonly correction: Correction;
  /** Whether the rejected request contains the parameter. */
  readonly isSent: (body: ChatBody) => boolean;
  /** Matches the `param` field of an error. */
  readonly paramPattern: RegExp;
  /** Matches the message of an error. */
  readonly messagePattern: RegExp;
}

/**
 * Checked in this order: messages about `stream_options` also contain "stream", and a message about
 * `max_tokens` may recommend another parameter.
 */
const CORRECTION_RULES: readonly CorrectionRule[] = [
  {
    correction: 'no-system-role',
    isSent: ({ messages }) => messages.some(({ role }) => role === 'system'),
    paramPattern: /\brole$/,
    messagePattern:
      /\b(?:system|developer)\b.*\b(?:role|message|prompt|model)|\brole.*\b(?:system|developer|user)\b/is,
  },
  {
    correction: 'no-name',
    isSent: ({ messages }) => messages.some(({ name }) => name !== undefined),
    paramPattern: /^messages\b.*\bname$/,
    messagePattern: /messages\S*\bname\b/i,
  },
  {
    correction: 'no-stream-options',
    isSent: (body) => body.stream_options !== undefined,
    paramPattern: /^stream_options/,
    messagePattern: /stream_options|include_usage/i,
  },
  {
    correction: 'max-completion-tokens',
    isSent: (body) => body.max_tokens !== undefined,
    paramPattern: /^max_tokens$/,
    messagePattern: /\bmax_tokens\b/i,
  },
  {
    correction: 'max-tokens',
    isSent: (body) => body.max_completion_tokens !== undefined,
    paramPattern: /^max_completion_tokens$/,
    messagePattern: /\bmax_completion_tokens\b/i,
  },
  {
    correction: 'single-answers',
    isSent: (body) => body.n !== undefined,
    paramPattern: /^n$/,
    messagePattern:
      /['"`]n['"`]|\bn ?(?:>|=|:|must|is|does|parameter|greater)|\b(?:field|parameter|argument|property)(?: supplied)?:? n\b|\b(?:one|multiple) (?:completion|choice)/i,
  },
  {
    correction: 'no-seed',
    isSent: (body) => body.seed !== undefined,
    paramPattern: /^seed$/,
    messagePattern: /\bseed\b/i,
  },
  {
    correction: 'no-stream',
    isSent: (body) => body.stream,
    paramPattern: /^stream$/,
    messagePattern: /\bstream(?:ing)?\b/i,
  },
];
