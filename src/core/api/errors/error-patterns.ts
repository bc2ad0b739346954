import { field, numberField } from '../../json';

const MODEL_CODES =
  /^(?:model_?not_?(?:found|exists?|available|supported)|(?:invalid|unknown|no_?such)_?model|model_decommissioned|DeploymentNotFound|InvalidEndpointOrModel\.NotFound)$/i;

/** Messages of gateways without a provider for the model, and of local servers that have not loaded it. */
const UNSERVED_MODEL =
  /\bunable to access (?:non-serverless )?model\b|\bno endpoints? found\b|\bno models? (?:is |are )?loaded\b|^models\/\S+ is not found\b|\bmodel \S+ has been (?:decommissioned|deprecated|retired|removed|discontinued)\b|模型不存在/i;

/** Matches "The model x does not exist" and "No such model", but not a path that contains the word. */
const MODEL_MESSAGE =
  /\bmodel\b[^/]*\b(?:not|no|gone|retired|deprecated|withdrawn|unavailable)\b|\b(?:no|unknown|invalid)\b[^/]*\bmodel\b/i;

/** Stricter, for errors that may be about any parameter and only mention "this model". */
const CERTAIN_MODEL_MESSAGE =
  /\bmodel (?:\S+ )?(?:(?:was |is )?not|does not|doesn't) (?:exist|found)\b|\b(?:invalid|unknown|no such) model\b|\bnot a valid model\b/i;

const CREDIT_CODES: ReadonlySet<string> = new Set([
  'accountoverdueerror',
  'arrearage',
  'budget_exceeded',
  'credit_limit',
  'exceeded_current_quota_error',
  'insufficient_quota',
  'insufficient_credits',
  'insufficient_balance',
  'insufficient_funds',
  'insufficient_user_quota',
  'billing_not_active',
  'billing_hard_limit_reached',
  'payment_required',
]);

const KEY_MESSAGE =
  /\b(?:incorrect|invalid|wrong|expired|revoked|missing|no|unknown|malformed) (?:\w+ )?(?:api[ _-]?key|(?:access |auth(?:entication|orization)? |bearer )?token|credentials?)\b|\b(?:api[ _-]?key|token|credentials?)\b[^.]{0,30}\b(?:expired|revoked|invalid|not valid|incorrect|disabled|missing|deactivated|leaked)\b/i;

const KEY_CODES =
  /^(?:invalid_api_key|invalid_token|token_expired|expired_token|authentication_error|unauthenticated|unauthorized)$/i;

const CREDIT_MESSAGE =
  /\bcredits?\b|\b(?:insufficient|low|no|negative) (?:account )?(?:balance|funds?)\b|\bbalance\b|\bquota\b|\bbilling\b|\bpayment\b|\btop(?:ped)?[ -]?up\b|\bpaid (?:plan|tier|account|basis)\b|\bfree tier\b[^.]{0,60}\bexhausted\b|\bsubscription\b|\b(?:account|card|email|phone)\b[^.]{0,40}\bverif|\bverif\w* (?:your|the|an?) (?:account|card|email|phone|identity)|余额|欠费/i;

const BILLING_MESSAGE =
  /\bbilling\b|\bcheck your plan\b|\bcurrent quota\b|\binsufficient (?:account )?(?:balance|credits?|funds)\b|\bbalance is (?:too low|insufficient)\b|\bpurchase (?:more )?credits\b|\bspending limit\b|\bbudget (?:has been )?exceeded\b|\boverdue\b|余额|欠费/i;

/** A limit that a message promises to end, although it may mention quotas and plans. */
const TEMPORARY_LIMIT =
  /\b(?:retry|try again) (?:in|after) (?:about )?[\d.]+ ?(?:s|m|h|seconds?|minutes?|hours?)\b|\bwill be replenished\b|\brate limit (?:is |was )?exceeded\b/i;

/** A content filter that refused the question. */
const CONTENT_CODES =
  /^(?:content_filter|content_policy_violation|data_inspection_failed|ResponsibleAIPolicyViolation)$/i;
const CONTENT_MESSAGE =
  /\bcontent (?:management )?(?:policy|filter)|\busage polic|\bflagged (?:for|as)\b|\binappropriate content\b|\bsafety (?:system|filter|settings)\b/i;

const REGION_MESSAGE =
  /\b(?:countr(?:y|ies)|region|territory|location)\b[^.]{0,40}\bnot (?:supported|available|allowed)\b/i;

const SIZE_MESSAGE = /\b(?:request|body|payload|entity)\b[^.]{0,20}\b(?:size limit exceeded|too large)\b/i;

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

export function hasModelCode(codes: readonly string[]): boolean {
  return codes.some((code) => MODEL_CODES.test(code));
}

/** For a 404, which may also mean that the address is wrong. */
export function isModelError(message: string): boolean {
  // The name of a model may contain a slash, like a path.
  return MODEL_MESSAGE.test(withoutQuotations(message)) || UNSERVED_MODEL.test(message);
}

function withoutQuotations(message: string): string {
  return message
    .replace(/"[^"]*"|'[^']*'|`[^`]*`/g, '""')
    .replace(/(?<=\bmodel )[\w.:@/-]+\/[\w.:@/-]+/i, '""');
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
  return CERTAIN_MODEL_MESSAGE.test(message) || UNSERVED_MODEL.test(message);
}

/** A limit that ends by itself: a 429 whose text mentions a quota, or a 403 from a gateway. */
export function isTemporaryLimit(status: number, message: string): boolean {
  return (status === 403 || status === 429) && TEMPORARY_LIMIT.test(message) && !SIZE_MESSAGE.test(message);
}

export function isContentError(message: string, codes: readonly string[]): boolean {
  return codes.some((code) => CONTENT_CODES.test(code)) || CONTENT_MESSAGE.test(message);
}

/** Stricter than for a 403. */
export function isRegionError(message: string): boolean {
  return REGION_MESSAGE.test(message);
}

/** Whether the body of the request is too large, for statuses other than 413. */
export function isSizeError(message: string): boolean {
  return SIZE_MESSAGE.test(message);
}

const CONTEXT_LENGTH_CODES: ReadonlySet<string> = new Set([
  'context_length_exceeded',
  'exceed_context_size_error',
  'string_above_max_length',
  'model_context_window_exceeded',
  'model_max_prompt_tokens_exceeded',
  'tokens_limit_reached',
]);

const CONTEXT_LENGTH_MESSAGE = new RegExp(
  [
    'max(?:imum)? (?:context|prompt|input) length',
    'token limit exceeded',
    '(?:prompt|input|message|conversation|history) (?:\\([^)]{0,60}\\) )?(?:is )?too long',
    'token count is [\\d,]+ but',
    'but the (?:configured )?context',
    'longer than the max',
    'exceed(?:s|ed)? max_(?:prompt|input)_tokens',
    'length of input[^.]{0,40}\\bat most',
    'at most [\\d,]+ tokens in total',
    '上下文.{0,12}超|超.{0,8}上下文|输入.{0,6}(?:过长|超)',
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
  `maximum (?:context|prompt|input|model) (?:length|window|size)[^\\d]{0,30}${NUMBER}`,
  `supports? (?:only )?(?:up to|at most)[^\\d]{0,20}${NUMBER}`,
  `context[ _-]?(?:length|window|size)[^\\d]{0,40}${NUMBER}`,
  `(?:max(?:imum)?|at most|limit|allowed|cannot exceed|must be <=|less than)[^\\d]{0,50}${NUMBER}`,
  `> ?${NUMBER} max`,
  `${NUMBER} (?:token )?max`,
  `\\[\\d+, ?${NUMBER}\\]`,
];

/** Where they contain the size of the request. */
const PROMPT_TOKENS_PATTERNS = [
  `(?:requested|received|contains?|has|have|resulted in|given:?|got|count \\(|too long:|request \\(|prompt \\(|input \\(|\\(length|count of|length is|token count is|total length|input length|sequence length of|length:)[^\\d]{0,40}${NUMBER}`,
  `${NUMBER} tokens? >`,
];

const PROMPT_PARTS_PATTERNS = [
  new RegExp(`${NUMBER} output tokens and [^\\d]*${NUMBER} input tokens`, 'i'),
  new RegExp(`${NUMBER} [\`'"]?inputs[\`'"]? tokens and ${NUMBER} `, 'i'),
];

/** The sizes that an error about the context window contains, in its message or in fields of its JSON. */
export function contextSizes(message: string, json: readonly unknown[]): ContextSizes {
  // This is the difference, and neither of the sizes.
  if (/\bexceed\w*\b[^.]{0,60}\bby [\d,_]+/i.test(message)) return {};
  const limit = fieldOf(json, 'n_ctx') ?? firstNumber(message, CONTEXT_LIMIT_PATTERNS);
  const tokens =
    fieldOf(json, 'n_prompt_tokens') ??
    sumOf(message) ??
    firstNumber(message, PROMPT_TOKENS_PATTERNS, (number) => number !== limit);
  // A size below the limit cannot be that of the request.
  if (limit !== undefined && tokens !== undefined && tokens > limit) return { limit, tokens };
  const [smaller, larger, ...others] = numbersIn(message);
  if (smaller !== undefined && larger !== undefined && others.length === 0)
    return { limit: smaller, tokens: larger };
  if (limit !== undefined) return { limit };
  return tokens === undefined ? {} : { tokens };
}

/** The different numbers in a message that may be counts of tokens, in their order of size. */
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
