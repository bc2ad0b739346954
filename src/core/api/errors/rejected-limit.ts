import type { KnownLimit } from '../events';
import type { ChatError } from './chat-error';
import { isRejectedInWords, messageBeginning } from './rejected-request';

/** A token limit that the service will accept in place of the one that it has rejected. */
export interface AcceptedLimit {
  readonly limit: number;
  /** The limit of the model that the service named. */
  readonly known: KnownLimit;
}

/** A reasoning model needs at least this many tokens, or all of them are reasoning and the answer is empty. */
const MIN_LIMIT = 1024;

/** Smaller numbers in a message about a limit are not token limits. */
const MIN_CREDIBLE_OUTPUT = 16;

const PARAMETER =
  /max_(?:completion_|output_|new_)?tokens|maxOutputTokens|max(?:imum)? (?:output|completion) tokens|maximum tokens you requested|\bmax tokens must be\b/i;

/** Messages about a limit of the prompt alone, for which a smaller answer limit does not help. */
const INPUT_LIMIT_MESSAGE = /\brange of input length\b|\binput token count exceeds\b/i;

const NUMBER = '(\\d[\\d,_]*)';

/** Patterns for the longest answer of the model in messages about a limit that is too large. */
const MAX_OUTPUT_PATTERNS = [
  `supports? (?:at most|up to|a maximum of) ${NUMBER}`,
  `> ?${NUMBER}, which is the maximum`,
  `(?:<=|(?:less|smaller) than or equal to|at most|must not exceed|cannot exceed|exceeds the (?:model )?(?:limit|maximum) of|maximum(?: value)? (?:is|of)|up to) ?[\`'"]?${NUMBER}`,
  `(?:range|between|should be|取值范围)[^\\d]{0,60}\\[?\\d+(?:,| and| to|-) ?${NUMBER}`,
].map((pattern) => new RegExp(pattern, 'i'));

/** Patterns for the lowest value that is too large in these messages. */
const EXCLUSIVE_MAX_PATTERNS = [`to ${NUMBER} \\(exclusive`, `must be (?:less|smaller) than ${NUMBER}`].map(
  (pattern) => new RegExp(pattern, 'i'),
);

/** Patterns for the size of the prompt in messages about the context window. */
const PROMPT_PATTERNS = [
  `${NUMBER} (?:tokens? )?(?:in|of|from) (?:the |your )?(?:messages|prompt|input|text input)`,
  `(?:prompt|request|input) (?:contains|has) (?:at least )?${NUMBER} (?:input )?tokens`,
  `request ${NUMBER} input tokens`,
  `${NUMBER} \\+ \\d[\\d,_]* >`,
  `${NUMBER} [\`'"]?(?:input|inputs|prompt)[\`'"]? tokens and`,
].map((pattern) => new RegExp(pattern, 'i'));

/**
 * A limit that fits, if a request was rejected because of its limit.
 *
 * @param limit of the rejected request
 * @param promptTokens our estimate of its prompt
 */
export function acceptedLimit(
  error: ChatError,
  limit: number,
  promptTokens: number,
): AcceptedLimit | undefined {
  if (error.kind === 'bad-request' || isRejectedInWords(error)) {
    const maxOutput = maxOutputIn(messageBeginning(error));
    if (maxOutput === undefined || maxOutput >= limit) return undefined;
    return { limit: maxOutput, known: { maxOutput } };
  }
  if (error.kind !== 'context-too-long' || error.limit === undefined) return undefined;
  if (INPUT_LIMIT_MESSAGE.test(messageBeginning(error))) return undefined;
  const context = error.limit;
  const prompt = promptOf(error, limit, promptTokens);
  const room = context - prompt.tokens;
  // The prompt may be longer than was estimated.
  const fitting = prompt.isExact ? room : Math.min(room, Math.floor(limit / 2));
  return fitting >= MIN_LIMIT && fitting < limit ? { limit: fitting, known: { context } } : undefined;
}

function maxOutputIn(message: string): number | undefined {
  if (!PARAMETER.test(message)) return undefined;
  const tooLarge = firstNumber(message, EXCLUSIVE_MAX_PATTERNS);
  const maxOutput = tooLarge === undefined ? firstNumber(message, MAX_OUTPUT_PATTERNS) : tooLarge - 1;
  return maxOutput !== undefined && maxOutput >= MIN_CREDIBLE_OUTPUT ? maxOutput : undefined;
}

/**
 * The size of the prompt. Some services name it, others name its sum with the answer limit, and others name neither.
 */
function promptOf(
  error: Extract<ChatError, { kind: 'context-too-long' }>,
  limit: number,
  estimated: number,
): { readonly tokens: number; readonly isExact: boolean } {
  const message = messageBeginning(error);
  const named = firstNumber(message, PROMPT_PATTERNS);
  // vLLM stops counting where the request exceeds the context window, and writes "at least".
  if (named !== undefined && !/\bat least\b/i.test(message)) return { tokens: named, isExact: true };
  if (named !== undefined || error.tokens === undefined)
    return { tokens: Math.max(named ?? 0, estimated), isExact: false };
  const withoutLimit = error.tokens - limit;
  const distance = (tokens: number): number => Math.abs(tokens - estimated);
  const includesLimit = withoutLimit > 0 && distance(withoutLimit) < distance(error.tokens);
  return { tokens: includesLimit ? withoutLimit : error.tokens, isExact: true };
}

function firstNumber(message: string, patterns: readonly RegExp[]): number | undefined {
  for (const pattern of patterns) {
    const number = Number(pattern.exec(message)?.[1]?.replace(/[,_]/g, '') ?? NaN);
    if (Number.isSafeInteger(number)) return number;
  }
  return undefined;
}
