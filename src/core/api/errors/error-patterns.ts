import { field, numberField } from '../../json';

export const MODEL_CODES: ReadonlySet<string> = new Set([
  'model_not_found',
  'invalid_model',
  'DeploymentNotFound',
]);

const CREDIT_CODES: ReadonlySet<string> = new Set([
  'insufficient_quota',
  'insufficient_credits',
  'insufficient_balance',
  'insufficient_funds',
  'billing_not_active',
  'billing_hard_limit_reached',
  'payment_required',
]);

/** Matches "The model x does not exist" and "No such model", but not a path that contains the word. */
const MODEL_MESSAGE =
  /\bmodel\b[^/]*\b(?:not|no|gone|retired|deprecated|withdrawn|unavailable)\b|\b(?:no|unknown|invalid)\b[^/]*\bmodel\b/i;

/** Stricter, for errors that may be about any parameter and only mention "this model". */
const CERTAIN_MODEL_MESSAGE =
  /\bmodel (?:\S+ )?(?:does )?not (?:exist|found)\b|\b(?:invalid|unknown|no such) model\b|\bnot a valid model\b/i;

const KEY_MESSAGE =
  /\b(?:incorrect|invalid|wrong|expired|revoked|missing|no|unknown|malformed) (?:\w+ )?(?:api[ _-]?key|(?:access |auth(?:entication|orization)? |bearer )?token|credentials?)\b|\b(?:api[ _-]?key|token|credentials?)\b[^.]{0,30}\b(?:expired|revoked|invalid|not valid|incorrect|disabled|missing|deactivated)\b/i;

const KEY_CODES =
  /^(?:invalid_api_key|invalid_token|token_expired|expired_token|authentication_error|unauthenticated|unauthorized)$/i;

const CREDIT_MESSAGE =
  /\bcredits?\b|\b(?:insufficient|low|no|negative) (?:account )?(?:balance|funds?)\b|\bbalance\b|\bquota\b|\bbilling\b|\bpayment\b|\btop(?:ped)?[ -]?up\b|\bpaid (?:plan|tier|account)\b|\bsubscription\b|\b(?:account|card|email|phone)\b[^.]{0,40}\bverif|\bverif\w* (?:your|the|an?) (?:account|card|email|phone|identity)|余额|欠费/i;

const BILLING_MESSAGE =
  /\bbilling\b|\bcheck your plan\b|\bcurrent quota\b|\binsufficient (?:balance|credits?|funds)\b|余额|欠费/i;

export function hasCreditCode(codes: readonly string[]): boolean {
  return codes.some((code) => CREDIT_CODES.has(code.toLowerCase()));
}

/** For a 403, which often means missing credit. */
export function isCreditMessage(message: string): boolean {
  return CREDIT_MESSAGE.test(message);
}

/** Stricter, for a 429, where "quota" may also mean a rate limit. */
export function isBillingMessage(message: string): boolean {
  return BILLING_MESSAGE.test(message);
}

export function isKeyError(message: string, codes: readonly string[]): boolean {
  return codes.some((code) => KEY_CODES.test(code)) || KEY_MESSAGE.test(message);
}

export function isModelError(message: string): boolean {
  return MODEL_MESSAGE.test(message);
}

/** "This model is only supported in v1/responses", "This is not a chat model": the model is served, elsewhere. */
const RESPONSES_ONLY = /\b(?:only|use)\b[^.]{0,40}\bv1\/responses\b|\bnot a chat model\b/i;

const CHAT_ONLY =
  /\b(?:only|use)\b[^.]{0,40}\bv1\/chat\/completions\b|\b(?:cannot be used|not supported|not available)\b[^.]{0,30}\bresponses(?: api\b|\b)/i;

/** The API that a model needs, where the words of an error say so. */
export function neededApi(message: string): 'chat' | 'responses' | undefined {
  if (RESPONSES_ONLY.test(message)) return 'responses';
  return CHAT_ONLY.test(message) ? 'chat' : undefined;
}

export function isCertainModelError(message: string): boolean {
  return CERTAIN_MODEL_MESSAGE.test(message);
}

const CONTEXT_LENGTH_CODES: ReadonlySet<string> = new Set([
  'context_length_exceeded',
  'exceed_context_size_error',
  'string_above_max_length',
  'model_context_window_exceeded',
]);

const CONTEXT_LENGTH_MESSAGE = new RegExp(
  [
    'maximum (?:context|prompt|input) length',
    'context[ _-]?(?:length|window|size)\\b[^.]{0,80}\\b(?:exceed|overflow|too |smaller|only)',
    '(?:exceeds?|exceeded|over|larger|longer|greater)\\b[^.]{0,80}\\bcontext',
    '(?:prompt|input|request|message|conversation)s? (?:is|are|was) too (?:long|large)\\b(?! for (?:the )?(?:body|file))',
    'too many (?:input |prompt )?tokens',
    'reduce the length of (?:the|your) (?:messages|prompt|input|conversation)',
    'tokens?\\b[^.]{0,60}\\bexceeds?\\b[^.]{0,60}\\b(?:max|limit|allow)',
    'exceeds? (?:the )?max(?:imum)? (?:message |input |prompt |context )?tokens',
    'too large for (?:the )?model',
    'range of input length',
    'inputs?[`\'"]? tokens \\+',
  ].join('|'),
  'i',
);

/** Limits of the answer's length and limits per minute are other errors. */
const OTHER_LIMIT_MESSAGE =
  /tokens per (?:min|day|hour)|\bTPM\b|\bper minute\b|\bmax(?:_completion)?_tokens is too large\b/i;

export function isContextLengthError(message: string, codes: readonly string[]): boolean {
  if (OTHER_LIMIT_MESSAGE.test(message)) return false;
  return codes.some((code) => CONTEXT_LENGTH_CODES.has(code)) || CONTEXT_LENGTH_MESSAGE.test(message);
}

export interface ContextSizes {
  /** The context window of the model in tokens. */
  readonly limit?: number;
  /** Size of the request in tokens, including the answer limit if the service counts it. */
  readonly tokens?: number;
}

const NUMBER = '(\\d[\\d,_]*)';

/** Where messages about a prompt that is too long contain the context window. */
const CONTEXT_LIMIT_PATTERNS = [
  `maximum (?:context|prompt|input) (?:length|window|size)[^\\d]{0,30}${NUMBER}`,
  `context[ _-]?(?:length|window|size)[^\\d]{0,40}${NUMBER}`,
  `(?:max(?:imum)?|at most|limit|allowed|cannot exceed|must be <=)[^\\d]{0,50}${NUMBER}`,
  `> ?${NUMBER} max`,
  `${NUMBER} (?:token )?max`,
  `\\[\\d+, ?${NUMBER}\\]`,
];

/** Where they contain the size of the request. */
const PROMPT_TOKENS_PATTERNS = [
  `(?:requested|received|contains?|has|have|resulted in|given:?|got|count \\(|too long:|request \\(|prompt \\()[^\\d]{0,40}${NUMBER}`,
  `${NUMBER} tokens? >`,
];

const PROMPT_PARTS_PATTERNS = [
  new RegExp(`${NUMBER} output tokens and [^\\d]*${NUMBER} input tokens`, 'i'),
  new RegExp(`${NUMBER} [\`'"]?inputs[\`'"]? tokens and ${NUMBER} `, 'i'),
];

/** The sizes that an error about the context window contains, in its message or in fields of its JSON. */
export function contextSizes(message: string, json: readonly unknown[]): ContextSizes {
  const limit = fieldOf(json, 'n_ctx') ?? firstNumber(message, CONTEXT_LIMIT_PATTERNS);
  const tokens =
    fieldOf(json, 'n_prompt_tokens') ??
    sumOf(message) ??
    firstNumber(message, PROMPT_TOKENS_PATTERNS, (number) => number !== limit);
  return {
    ...(limit !== undefined && { limit }),
    // A size below the limit cannot be that of the request.
    ...(tokens !== undefined && (limit === undefined || tokens > limit) && { tokens }),
  };
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
