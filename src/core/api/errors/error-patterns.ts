import { field, stringField } from '../../json';
import { DURATION } from './retry-after-text';

const MODEL_CODES =
  /^(?:model_?not_?(?:found|exists?|available|supported|open)|(?:invalid|unknown|no_?such)_?model|model_decommissioned|(?:\w+_)?model_access_denied|DeploymentNotFound|InvalidEndpointOrModel\.NotFound)$/i;

/** Messages of gateways without a provider for the model, and of local servers that have not loaded it. */
const UNSERVED_MODEL =
  /\bunable to access (?:non-serverless )?model\b|\bunavailable model\b|\bunexpected model name\b|\bmodel\b[^.]{0,60}\bend of (?:its )?life\b|\bfunction '[^']*': not found\b|\bno endpoints? found\b|\bno models? (?:is |are )?(?:currently )?loaded\b|^models\/\S+ is not found\b|\bmodel \S+ has been (?:decommissioned|deprecated|retired|removed|discontinued)\b|^model: \S+$|\bendpoint does not exist\b[^/]*\bmodel\b|模型不存在/i;

/** Messages of gateways that have no account for the model at any service. They send it with status 503. */
const NO_CHANNEL = /\bno available channels? for model\b|无可用渠道/i;

/** A failure that the service expects to end soon. */
const TEMPORARY_FAILURE =
  /\btemporar|\btry again\b|\bretry\b|\bloading\b|\boverloaded\b|\bbusy\b|\bcapacity\b/i;

/** Matches "The model x does not exist" and "No such model", but not a path that contains the word. */
const MODEL_MESSAGE =
  /\bmodel\b[^/]*\b(?:not|no|gone|retired|deprecated|withdrawn|unavailable)\b|\b(?:no|unknown|invalid)\b[^/]*\bmodel\b/i;

/** Stricter, for errors that may be about any parameter and only mention "this model". */
const CERTAIN_MODEL_MESSAGE =
  /\bmodel (?:\S+ )?(?:(?:was |is )?not|does not|doesn't) (?:exist|found)\b|\b(?:invalid|unknown|no such) model\b|\bmodel (?:id|identifier|name) is (?:invalid|not valid)\b|\bnot a valid model\b/i;

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
  /^authentication (?:error|failed)\b|\b(?:missing|invalid)\b[^.]{0,20}\bauthorization header\b|\bunregistered callers\b|\b(?:incorrect|invalid|wrong|expired|revoked|missing|no|unknown|malformed) (?:\w+ )?(?:api[ _-]?key|(?:access |auth(?:entication|orization)? |bearer )?token|credentials?)\b|\b(?:api[ _-]?key|(?<!unexpected )token|credentials?)\b[^.]{0,30}\b(?:expired|revoked|invalid|not valid|incorrect|disabled|missing|deactivated|leaked)\b/i;

const KEY_CODES =
  /^(?:invalid_api_key|invalid_token|token_expired|expired_token|auth_error|authentication_error|unauthenticated|unauthorized)$/i;

const CREDIT_MESSAGE =
  /\bcredits?\b|\b(?:insufficient|low|no|negative) (?:account )?(?:balance|funds?)\b|\bbalance\b|\bquota\b|\bbilling\b|\bpayment\b|\btop(?:ped)?[ -]?up\b|\bpaid (?:plan|tier|account|basis)\b|\bfree tier\b[^.]{0,60}\bexhausted\b|\bsubscription\b|\b(?:account|card|email|phone)\b[^.]{0,40}\bverif|\bverif\w* (?:your|the|an?) (?:account|card|email|phone|identity)|\bcomplete (?:the )?verification\b|余额|欠费/i;

const BILLING_MESSAGE =
  /\bbilling\b|\bcheck your plan\b|\bcurrent quota\b|\binsufficient (?:account )?(?:balance|credits?|funds)\b|\bbalance is (?:too low|insufficient)\b|\bpurchase (?:more )?credits\b|\bspend(?:ing)? limit\b|\bAPI usage limits?\b|\bbudget (?:has been )?exceeded\b|\boverdue\b|余额|欠费/i;

/** A limit that ends by itself, although its message may mention quotas and plans. */
const TEMPORARY_LIMIT = new RegExp(
  [
    `\\b(?:retry|try again) (?:in|after) (?:about )?${DURATION}`,
    '\\bwill be replenished\\b',
    '\\brate limit (?:(?:is|was) )?(?:exceeded|reached)\\b',
    // DashScope sends this with `insufficient_quota` for its limit of tokens per minute.
    '^allocated quota exceeded\\b',
  ].join('|'),
  'i',
);

/** A content filter that refused the question. */
const CONTENT_CODES =
  /^(?:content_filter|content_policy_violation|data_inspection_failed|ResponsibleAIPolicyViolation|\w*SensitiveContentDetected)$/i;
const CONTENT_MESSAGE =
  /\bcontent (?:management )?(?:policy|filter)|\busage polic|\bflagged (?:for|as)\b|\b(?:inappropriate|prohibited)[ _]content\b|\bsafety (?:system|filter|settings)\b|\bcontent\b[^.]{0,20}\brisk\b|\bcontent violation\b|\busage guideline|\bsensitive (?:information|content)\b|\bnew[_ ]sensitive\b|\bviolated? guardrail|\bguardrails? intervened\b|\b(?:prompt|request) (?:was )?blocked due to security\b|敏感/i;

const REGION_MESSAGE =
  /\b(?:countr(?:y|ies)|region|territory|location)\b[^.]{0,40}\bnot (?:supported|available|allowed)\b/i;

const SIZE_MESSAGE = /\b(?:request|body|payload|entity)\b[^.]{0,20}\b(?:size limit exceeded|too large)\b/i;

/** Messages of servers and gateways about an unknown address. They send them with various statuses. */
const ROUTE_MESSAGE =
  /^unexpected endpoint\b|\bcould not route to\b|^no route (?:matched|found|for)\b(?!.*\bmodel\b)|\broute (?:\w+: ?)?\/\S* not found\b|^(?:(?:the )?requested )?(?:route|path) not found\b|^cannot (?:POST|GET) \/|\b(?:invalid|unknown) (?:request )?URL:? \(?(?:POST|GET) \/|^404 page not found\b|^no static resource\b|\bunsupported method \(['"]?(?:POST|GET)\b|^invalid provider$|^api version not supported\b|\bmissing required query parameter: api-version\b/i;

/** What servers answer to a request over plain http at a port with TLS: nginx, Go, Apache and Tomcat. */
const TLS_EXPECTED =
  /\bplain HTTP request was sent to HTTPS port\b|\bHTTP request to an HTTPS server\b|\bspeaking plain HTTP to an SSL-enabled\b|\bhost and port requires TLS\b/i;

/** The status of nginx for such a request, which it usually sends as 400. */
const HTTP_AT_HTTPS_PORT = 497;

/** Whether the server expects the request over https. */
export function isTlsExpected(status: number, body: string): boolean {
  return status === HTTP_AT_HTTPS_PORT || (status === 400 && TLS_EXPECTED.test(body));
}

/**
 * The message of AWS API Gateway about an unknown address. It is sent with status 403, even if the request contains a
 * key.
 */
const AWS_ROUTE_MESSAGE = 'Missing Authentication Token';

/** Whether the server says that it does not have the address, whatever its status. */
export function isRouteError(status: number, message: string): boolean {
  return ROUTE_MESSAGE.test(message) || (status === 403 && message === AWS_ROUTE_MESSAGE);
}

export function hasCreditCode(codes: readonly string[]): boolean {
  return codes.some((code) => CREDIT_CODES.has(code.toLowerCase()));
}

/** For a 403, which often means missing credit. */
export function isCreditMessage(message: string): boolean {
  return CREDIT_MESSAGE.test(withoutAddresses(message));
}

/** Stricter, for a 429, where "quota" may also mean a rate limit. */
export function isBillingMessage(message: string): boolean {
  return BILLING_MESSAGE.test(withoutAddresses(message));
}

/** Many errors refer to a page about billing, whatever they are about. */
function withoutAddresses(message: string): string {
  return message.replace(/\bhttps?:\/\/\S+|\b[\w-]+(?:\.[\w-]+)+\/\S*/gi, '');
}

export function isKeyError(message: string, codes: readonly string[]): boolean {
  return codes.some((code) => KEY_CODES.test(code)) || KEY_MESSAGE.test(message);
}

/** Whether the model is missing: gateways also send 401, 403 and 503. */
export function isMissingModel(status: number, message: string, codes: readonly string[]): boolean {
  if (status === 402) return false;
  if (!codes.some((code) => MODEL_CODES.test(code)) && !NO_CHANNEL.test(message)) return false;
  const mayBeTemporary = status === 429 || status >= 500;
  return !mayBeTemporary || !TEMPORARY_FAILURE.test(message);
}

/** Whether a message contains the name of the model as a word, and not as a part of a path or of another name. */
export function namesModel(message: string, model: string): boolean {
  const name = model.replace(/\W/g, '\\$&');
  return name !== '' && new RegExp(`(?<![\\w./-])${name}(?![\\w/-]|\\.\\w)`, 'i').test(message);
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

/**
 * Whether a message rejects the value of a parameter whose values are names, and not its combination with other
 * parameters.
 */
export function isInvalidName(message: string): boolean {
  return /\binvalid (?:discriminator|enum|input|option|value)\b|\bexpected\b/i.test(message);
}

/** A limit that ends by itself: a 429 whose text mentions a quota, or a 403 from a gateway. */
export function isTemporaryLimit(status: number, message: string): boolean {
  return (status === 403 || status === 429) && TEMPORARY_LIMIT.test(message) && !SIZE_MESSAGE.test(message);
}

/** @param json the bodies of the error */
export function isContentError(message: string, codes: readonly string[], json: readonly unknown[]): boolean {
  if (codes.some((code) => CONTENT_CODES.test(code)) || CONTENT_MESSAGE.test(message)) return true;
  // OpenRouter's moderation quotes the text that it has rejected.
  return json.some(
    (body) => stringField(field(field(body, 'error'), 'metadata'), 'flagged_input') !== undefined,
  );
}

/** The patterns are stricter than for a 403. */
export function isRegionError(message: string): boolean {
  return REGION_MESSAGE.test(message);
}

/** Whether the body of the request is too large, for statuses other than 413. */
export function isSizeError(message: string): boolean {
  return SIZE_MESSAGE.test(message);
}
