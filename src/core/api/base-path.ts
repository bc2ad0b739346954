/** The end of the chat address of every service. */
export const CHAT_PATH = '/chat/completions';
/** Ends of other addresses that users paste instead of the base URL. A service may have its base at `/models`. */
const OTHER_PATHS = /\/(?:chat\/completions|responses|completions|embeddings|messages)$|(?<=.)\/models$/i;
/** A chat address that was copied in part. */
const PARTIAL_CHAT_PATH = /(?<=\/v\d+\w*)\/chat$/i;
/** The address of one model of Databricks. */
const INVOCATIONS_PATH = /(?<=\/serving-endpoints)\/[^/]+\/invocations$/i;
/** Addresses of the API of Ollama itself, which serves the common one beside it. */
const OLLAMA_PATH = /\/api\/(?:chat|generate|tags)$/i;

/** A service whose base is not `/v1`, or that has another API beside the common one. */
interface KnownService {
  /** Matches the host with its port. */
  readonly host: RegExp;
  readonly base: string;
  /** The base of its other API. */
  readonly otherBase?: RegExp;
}

const KNOWN_SERVICES: readonly KnownService[] = [
  { host: /\.(?:openai|cognitiveservices|services\.ai)\.azure\.(?:com|us|cn)$/, base: '/openai/v1' },
  { host: /^api\.groq\.com$/, base: '/openai/v1' },
  { host: /^openrouter\.ai$/, base: '/api/v1' },
  { host: /^generativelanguage\.googleapis\.com$/, base: '/v1beta/openai' },
  { host: /^api\.fireworks\.ai$/, base: '/inference/v1' },
  { host: /^models\.github\.ai$/, base: '/inference' },
  { host: /^api\.cohere\.(?:ai|com)$/, base: '/compatibility/v1' },
  { host: /^dashscope(?:-intl)?\.aliyuncs\.com$/, base: '/compatible-mode/v1' },
  { host: /^(?:open\.bigmodel\.cn|api\.z\.ai)$/, base: '/api/paas/v4' },
  // Ollama and LM Studio, by their ports.
  { host: /^ollama\.com$|:11434$/, base: '/v1', otherBase: /^\/api$/ },
  { host: /:1234$/, base: '/v1', otherBase: /^\/api\/v[01]$/ },
];

function knownService(host: string): KnownService | undefined {
  return KNOWN_SERVICES.find((service) => service.host.test(host));
}

/**
 * The common beginning of the paths of a service. It is empty only if the chat address has no other path.
 *
 * @param path without a slash at its end
 */
export function baseOf(path: string, host: string): string {
  if (path.endsWith(CHAT_PATH)) return path.slice(0, -CHAT_PATH.length);
  const written = path
    .replace(OLLAMA_PATH, '/v1')
    .replace(OTHER_PATHS, '')
    .replace(PARTIAL_CHAT_PATH, '')
    .replace(INVOCATIONS_PATH, '');
  const known = knownService(host);
  const isKnown = known && (known.base.startsWith(`${written}/`) || known.otherBase?.test(written) === true);
  return isKnown ? known.base : written || '/v1';
}

/**
 * The other likely base: that of a known service, with `/v1` or without, or at the origin instead of beside another API.
 * A base that would be completed can only be written as the full chat address.
 */
export function alternativeBase(base: string, host: string): string {
  const known = knownService(host)?.base;
  if (known !== undefined && base !== known) return known;
  if (base === '/api' || base === '/api/v1') return '/v1';
  if (!base.endsWith('/v1')) return `${base}/v1`;
  const shorter = base.slice(0, -'/v1'.length);
  return baseOf(shorter, host) === shorter ? shorter : shorter + CHAT_PATH;
}
