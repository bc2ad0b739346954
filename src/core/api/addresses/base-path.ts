/** The end of the chat address of every service. */
export const CHAT_PATH = '/chat/completions';
/** Ends of other addresses that users paste instead of the base URL. A service may have its base at `/models`. */
const OTHER_PATHS =
  /\/(?:chat\/completions?|text\/chatcompletion_v2|responses|completions|embeddings|messages)$|(?<=.)\/models(?:\/[^/]+:\w+)?$/i;
/** A chat address that was copied in part. */
const PARTIAL_CHAT_PATH = /(?<=\/v\d+\w*)\/chat$/i;
/** The address of one model of Databricks. */
const INVOCATIONS_PATH = /(?<=\/serving-endpoints)\/[^/]+\/invocations$/i;
/**
 * Addresses of Ollama's own API, beside which Ollama also serves the OpenAI-compatible one. The host is checked
 * because other services also have an `/api/chat`.
 */
const OLLAMA_ADDRESS = /(?:^ollama\.com|:11434|\/ollama)\/api\/(?:chat|generate|tags)$/i;

/** A service whose base path is not `/v1`, or that has an API of its own beside the OpenAI-compatible one. */
interface KnownService {
  /** Matches the host with its port. */
  readonly host: RegExp;
  readonly base: string;
  /** The base path of the other API of the service. */
  readonly otherBase?: RegExp;
}

const KNOWN_SERVICES: readonly KnownService[] = [
  { host: /\.(?:openai|cognitiveservices|services\.ai)\.azure\.(?:com|us|cn)$/, base: '/openai/v1' },
  { host: /^api\.groq\.com$/, base: '/openai/v1' },
  { host: /^(?:openrouter\.ai|api\.venice\.ai)$/, base: '/api/v1' },
  { host: /^generativelanguage\.googleapis\.com$/, base: '/v1beta/openai' },
  { host: /^api\.fireworks\.ai$/, base: '/inference/v1' },
  { host: /^models\.github\.ai$/, base: '/inference' },
  { host: /^(?:api\.perplexity\.ai|api\.githubcopilot\.com|models\.inference\.ai\.azure\.com)$/, base: '' },
  { host: /^api\.deepinfra\.com$/, base: '/v1/openai' },
  { host: /^bedrock-runtime\.[\w-]+\.amazonaws\.com$/, base: '/openai/v1' },
  { host: /^ark\.[\w-]+\.volces\.com$/, base: '/api/v3' },
  { host: /^api\.cohere\.(?:ai|com)$/, base: '/compatibility/v1' },
  { host: /^dashscope(?:-\w+)?\.aliyuncs\.com$/, base: '/compatible-mode/v1' },
  { host: /^(?:open\.bigmodel\.cn|api\.z\.ai)$/, base: '/api/paas/v4' },
  // Ollama and LM Studio, by their ports. The `/api/v1` of LM Studio may also be the base of another server.
  { host: /^ollama\.com$|:11434$/, base: '/v1', otherBase: /^\/api$/ },
  { host: /:1234$/, base: '/v1', otherBase: /^\/api\/v0$/ },
];

function knownService(host: string): KnownService | undefined {
  return KNOWN_SERVICES.find((service) => service.host.test(host));
}

/**
 * The path of the base URL: the common beginning of the paths of a service. Empty if the chat address consists only
 * of the origin and `/chat/completions`.
 *
 * @param path without a slash at its end
 */
export function basePathOf(path: string, host: string): string {
  if (path.endsWith(CHAT_PATH)) return path.slice(0, -CHAT_PATH.length);
  const written = writtenBase(path, host);
  const known = knownService(host);
  const isKnown =
    known && (`${known.base}/`.startsWith(`${written}/`) || known.otherBase?.test(written) === true);
  return isKnown ? known.base : written || '/v1';
}

/** The base as the user has written it, without the end of an address of the service. */
function writtenBase(path: string, host: string): string {
  if (OLLAMA_ADDRESS.test(host + path)) return path.replace(/\/api\/\w+$/i, '/v1');
  return path.replace(OTHER_PATHS, '').replace(PARTIAL_CHAT_PATH, '').replace(INVOCATIONS_PATH, '');
}

/**
 * The path to suggest if the one that `basePathOf` returns is wrong: the path as the user wrote it if another one is
 * used; the path of a known service; or the same path with or without `/v1`, or at the origin instead of next to
 * another API. If `basePathOf` would change the suggested path, the full chat address is returned instead.
 *
 * @param path without a slash at its end
 */
export function alternativeBasePath(path: string, host: string): string {
  const base = basePathOf(path, host);
  const written = writtenBase(path, host);
  if (written !== '' && written !== base) return asAddress(written, host);
  const known = knownService(host)?.base;
  if (known !== undefined && base !== known) return known;
  if (base === '/api' || base === '/api/v1') return '/v1';
  if (!base.endsWith('/v1')) return `${base}/v1`;
  return asAddress(base.slice(0, -'/v1'.length), host);
}

function asAddress(base: string, host: string): string {
  return basePathOf(base, host) === base ? base : base + CHAT_PATH;
}
