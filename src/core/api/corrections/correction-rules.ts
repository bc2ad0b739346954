import type { Correction } from './learned-corrections';
import type { ChatError, ErrorHints } from '../errors/chat-error';
import {
  isRejectedInWords,
  isRejectedRequest,
  messageBeginning,
  type RejectedRequest,
  type ServerError,
} from '../errors/rejected-request';

/** Messages that reject a parameter as such, in contrast to "its value is too large". */
const UNSUPPORTED_MESSAGE =
  /unsupported|not (?:be )?(?:supported|permitted|allowed|recognized|available|enabled)|(?:does|do) ?n[o']t support|unrecogni[sz]ed|unknown|unexpected|extra (?:inputs?|fields?)|additional propert|should not exist|not a valid (?:parameter|argument|field)|must be verified to|only (?:one|1|n ?= ?1|user|a single)|(?:must|should) be (?:1|one|equal to 1)\b|fixed at 1|(?:less than or equal to|<=|at most) ?1\b|\[1, ?1\]|\buse\b[^.]*\binstead|(?:supported values are|should be|expected):? ['"`]?(?:user|assistant|false)\b|roles must alternate|\bmax_tokens\b[^.]{0,20}\brequired\b|invalid (?:parameter|argument|field):? ['"`]?\w+['"`]?$/i;

/** Messages of a model that answers only as a stream. */
export const STREAM_ONLY_MESSAGE =
  /\bnon-?stream|\bonly supports? (?:the )?stream|\bstream['"`]? must be (?:set to )?true\b|\bstream(?:ing)? is required\b|\bmust (?:have|set|use) [`'"]?stream[`'"]? ?= ?[`'"]?true\b/i;

/** Error codes that reject a parameter as such. */
const UNSUPPORTED_CODE =
  /^(?:unsupported|unknown|unrecognized)_|^invalid_parameter_combination$|^extra_forbidden$/;

/** Words for an unexpected failure, which must not be mistaken for an unexpected parameter. */
const INCIDENT =
  /\bunexpected(?:ly| (?:close|condition|end|eof|error|exception|failure|response|result|state|status|token)s?)\b/gi;

/**
 * Messages that reject only the value, so that another value would be accepted. "At most 1" is not one of
 * them: a parameter limited to 1 is useless to us.
 */
const INVALID_VALUE_MESSAGE =
  /^(?!.*(?:less than or equal to|<=|at most) ?1\b).*(?:\btoo (?:large|big|high|long|many|small|low)\b|(?:above|below|exceeds?|over) (?:the )?(?:maximum|minimum|limit)|\bat most \d{2}|\bmaximum (?:value|of|is)\b|\bout of range\b|\binvalid type\b)/is;

/** When a rejected request is corrected, and how. */
export interface CorrectionRule<Body> {
  readonly correction: Correction;
  /** Whether the rejected request had the parameter. */
  readonly isSent: (body: Body) => boolean;
  /** Matches the `param` field of an error. */
  readonly paramPattern: RegExp;
  /** Matches the message of an error. */
  readonly messagePattern: RegExp;
}

/**
 * The correction for a request that was rejected because of one of its parameters. Undefined if the error
 * names no parameter that was sent, or if there is no alternative (src/core/api/README.md, "Corrections").
 *
 * @param rules in the order in which they are tried
 */
export function correctionByRules<Body>(
  error: ChatError,
  { param, code = '' }: ErrorHints,
  body: Body,
  rules: readonly CorrectionRule<Body>[],
): Correction | undefined {
  if (!isRejectedRequest(error) && !isRejectedInWords(error)) return undefined;
  if (isInvalidValue(error)) return undefined;
  const message = messageBeginning(error);
  const isUnsupported =
    UNSUPPORTED_MESSAGE.test(message.replace(INCIDENT, '')) || STREAM_ONLY_MESSAGE.test(message);
  if (!isUnsupported && !UNSUPPORTED_CODE.test(code)) return undefined;
  return rules.find(
    ({ isSent, paramPattern, messagePattern }) =>
      isSent(body) && (messagePattern.test(message) || (param !== undefined && paramPattern.test(param))),
  )?.correction;
}

/** Whether another value of the same parameter would be accepted. */
export function isInvalidValue(error: RejectedRequest | ServerError): boolean {
  return INVALID_VALUE_MESSAGE.test(messageBeginning(error));
}
