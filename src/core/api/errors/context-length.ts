import { field, numberField } from '../../json';

const CONTEXT_LENGTH_CODES: ReadonlySet<string> = new Set([
  'context_length_exceeded',
  'exceed_context_size_error',
  'string_above_max_length',
  'model_context_window_exceeded',
  'model_max_prompt_tokens_exceeded',
  'tokens_limit_reached',
  // Zhipu's number for a prompt that is too long.
  '1261',
]);

const CONTEXT_LENGTH_MESSAGE = new RegExp(
  [
    'max(?:imum)? (?:context|prompt|input|sequence) length',
    'token limit exceeded',
    '(?:prompt|input|message|conversation|history) (?:\\([^)]{0,60}\\) )?(?:is )?too long',
    'token count is [\\d,]+ but',
    'but the (?:configured )?context',
    'longer than the max',
    'exceed(?:s|ed)? max_(?:prompt|input)_tokens',
    'length of input[^.]{0,40}\\bat most',
    'at most [\\d,]+ tokens in total',
    '(?:prompt|input)(?: (?:length|tokens?))? (?:[\\d,]+ )?(?:exceed(?:s|ed)?|too long)\\b(?![^.]{0,40}\\b(?:rate|quota|size|bytes?|[kmg]i?b)\\b)',
    '超长|上下文.{0,12}超|超.{0,8}上下文|输入.{0,6}(?:过长|超)',
    'context[ _-]?(?:length|window|size)\\b[^.]{0,80}\\b(?:exceed|overflow|too |smaller|only)',
    '(?:exceeds?|exceeded|over|larger|longer|greater)\\b[^.]{0,80}\\bcontext',
    '(?:prompt|input|request|message|conversation)s? (?:is|are|was) too (?:long|large)\\b(?! for (?:the )?(?:body|file))',
    'too many (?:input |prompt )?tokens',
    'reduce the length of (?:the|your) (?:messages|prompt|input|conversation)',
    'tokens?\\b[^.]{0,60}\\bexceeds?\\b[^.]{0,60}\\b(?:max|limit|allow)',
    'exceeds? (?:the )?max(?:imum)? (?:message |input |prompt |context )?tokens',
    'too large for (?:the )?(?:\\S+ )?model',
    'longer than the (?:maximum )?model',
    'must have less than \\d+ tokens',
    'exceed(?:s|ed)? (?:the )?(?:model|maximum) token limit',
    'less than the context',
    'characters limit',
    'range of input length',
    'inputs?[`\'"]? tokens \\+',
    'reached context length',
    '\\bmust be less than max_seq_len\\b',
    '\\binput request: expected maxLength\\b',
  ].join('|'),
  'i',
);

/** Limits of the answer's length, and rate limits, are other errors. */
const OTHER_LIMIT_MESSAGE = new RegExp(
  [
    'tokens per (?:min|day|hour)',
    '\\bTPM\\b',
    '\\bper minute\\b',
    '\\bmax(?:_completion)?_tokens is too large\\b',
    '\\bmaximum tokens you requested\\b',
    '\\bmax tokens must be\\b',
    '(?:^|[.:] ?)[`\'"]?max_\\w*tokens[`\'"]? (?:\\(?\\d+\\)? )?(?:exceeds?|(?:must|can) ?not exceed)\\b(?![^.]*\\bcontext)',
  ].join('|'),
  'i',
);

/** A limit that ends by itself, if the status may mean one. */
const WAIT_MESSAGE = /\bplease wait\b|\bwait before\b|\bslow down\b|\btry again (?:later|in \d|after \d)/i;

export function isContextLengthError(status: number, message: string, codes: readonly string[]): boolean {
  const hasCode = codes.some((code) => CONTEXT_LENGTH_CODES.has(code));
  if (hasCode && status !== 429) return true;
  if (OTHER_LIMIT_MESSAGE.test(message)) return false;
  if ((status === 403 || status === 429) && WAIT_MESSAGE.test(message)) return false;
  if (hasCode) return true;
  // With this status, "too many tokens" refers to a limit per minute, unless the numbers are those of a context window.
  const mayBeRate = status === 429 && contextSizes(message, []).limit === undefined;
  return !mayBeRate && CONTEXT_LENGTH_MESSAGE.test(message);
}

export interface ContextSizes {
  /** The context window of the model in tokens. */
  readonly limit?: number;
  /** Size of the request in tokens, including the answer limit if the service counts it. */
  readonly tokens?: number;
}

const NUMBER = '(\\d[\\d,_]*)(?!\\d|k\\b)';

/** Patterns for the context window in messages about a prompt that is too long. */
const CONTEXT_LIMIT_PATTERNS = [
  `maximum (?:context|prompt|input|sequence|model) (?:length|window|size)[^\\d]{0,30}${NUMBER}`,
  `support(?:s|ed)? (?:only )?(?:up to|at most)[^\\d]{0,20}${NUMBER}`,
  `> ?${NUMBER} max`,
  `${NUMBER} (?:token )?max`,
  `\\[\\d+, ?${NUMBER}\\]`,
];

/** Patterns for a number in these messages that may also be the size of the request. */
const POSSIBLE_LIMIT_PATTERNS = [
  `context[ _-]?(?:length|window|size)[^\\d]{0,40}${NUMBER}`,
  `(?:max(?:imum)?|at most|limit|allowed|cannot exceed|must be <=|less than)[^\\d]{0,50}${NUMBER}`,
];

/** Patterns for the size of the request in these messages. */
const PROMPT_TOKENS_PATTERNS = [
  `(?:requested|received|contains?|has|have|resulted in|given:?|got|count \\(|too long:|request \\(|prompt \\(|input \\(|\\(length|count of|length is|token count is|total length|input length|sequence length of|length:)[^\\d]{0,40}${NUMBER}`,
];

const PROMPT_PARTS_PATTERNS = [
  new RegExp(`${NUMBER} output tokens and [^\\d]*${NUMBER} input tokens`, 'i'),
  new RegExp(`${NUMBER} [\`'"]?inputs[\`'"]? tokens and ${NUMBER} `, 'i'),
];

/** The size of the request or of its parts, and the context window: `9000 > 8192`, `5000 + 4096 > 8192`. */
const COMPARISON = new RegExp(`(?:${NUMBER} \\+ )?${NUMBER} (?:tokens? )?> ?${NUMBER}(?![\\d,_]| [-+])`, 'i');

/** The sizes that an error about the context window contains, in its message or in fields of its JSON. */
export function contextSizes(message: string, json: readonly unknown[]): ContextSizes {
  if (countsNoTokens(message)) return {};
  const text = message.replace(/^<?\d{3}>?|\berror code:? \d{3}\b|\(2013\)$/i, '');
  const compared = comparedSizes(text);
  if (compared) return compared;
  const certain = fieldOf(json, 'n_ctx') ?? firstNumber(text, CONTEXT_LIMIT_PATTERNS);
  const limit = certain ?? firstNumber(text, POSSIBLE_LIMIT_PATTERNS);
  const tokens =
    fieldOf(json, 'n_prompt_tokens') ??
    sumOf(text) ??
    firstNumber(text, PROMPT_TOKENS_PATTERNS, (number) => number !== limit);
  // A size below the limit cannot be that of the request.
  if (limit !== undefined && tokens !== undefined && tokens > limit) return { limit, tokens };
  const [smaller, larger, ...others] = numbersIn(text);
  if (smaller !== undefined && larger !== undefined && others.length === 0)
    if (certain === undefined || certain === smaller) return { limit: smaller, tokens: larger };
  if (limit !== undefined) return { limit };
  return tokens === undefined ? {} : { tokens };
}

/** Whether the numbers in a message are not token counts, but characters or the difference between the two sizes. */
function countsNoTokens(message: string): boolean {
  const countsCharacters =
    /\bcharacters?\b|\bstring too long\b|\bmaxLength\b/i.test(message) && !/\btokens?\b/i.test(message);
  return countsCharacters || /\bexceed\w*\b[^.]{0,60}\bby [\d,_]+/i.test(message);
}

function comparedSizes(message: string): ContextSizes | undefined {
  const found = COMPARISON.exec(message);
  const limit = count(found?.[3]);
  const tokens = count(found?.[1] ?? '0') + count(found?.[2]);
  return isCount(limit) && isCount(tokens) && tokens > limit ? { limit, tokens } : undefined;
}

/** The different numbers in a message that may be token counts, in ascending order. */
function numbersIn(message: string): readonly number[] {
  // One of these is the limit of the answer, or a part of the prompt.
  if (/\bmax_(?:completion_|new_)?tokens\b|\bfirst\b/i.test(message)) return [];
  const written = message.match(/(?<![\w.,-])\d[\d,_]*(?!\w|[.-]\d)/g) ?? [];
  return [...new Set(written.map(count).filter((number) => isCount(number) && number >= 256))].sort(
    (one, other) => one - other,
  );
}

function fieldOf(json: readonly unknown[], name: string): number | undefined {
  return json
    .flatMap((part) => [numberField(field(part, 'error'), name), numberField(part, name)])
    .find((value) => value !== undefined && isCount(value));
}

function sumOf(message: string): number | undefined {
  const found = PROMPT_PARTS_PATTERNS.map((pattern) => pattern.exec(message)).find(Boolean);
  return found ? count(found[1]) + count(found[2]) : undefined;
}

function firstNumber(
  message: string,
  patterns: readonly string[],
  accepts: (number: number) => boolean = () => true,
): number | undefined {
  return patterns
    .flatMap((pattern) =>
      Array.from(message.matchAll(new RegExp(pattern, 'gi')), ([, digits]) => count(digits)),
    )
    .find((number) => isCount(number) && accepts(number));
}

function count(digits: string | undefined): number {
  return Number(digits?.replace(/[,_]/g, ''));
}

function isCount(number: number): boolean {
  return Number.isSafeInteger(number) && number >= 16 && number <= 1e9;
}
