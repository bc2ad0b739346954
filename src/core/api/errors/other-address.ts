import { CHAT_PATH } from '../addresses/base-path';
import { parseEndpoint, type Endpoint } from '../addresses/endpoint';
import type { ChatError } from './chat-error';

/**
 * Adds the address to suggest if the server itself has shown which one it expects. Only addresses of the same host are
 * suggested, because a server may redirect a request anywhere.
 */
export function withOtherAddress(error: ChatError, { baseUrl }: Endpoint): ChatError {
  if (error.kind !== 'wrong-scheme' && (error.kind !== 'redirected' || error.isLoop)) return error;
  const alternative =
    error.kind === 'wrong-scheme'
      ? allowedBaseUrl(baseUrl.replace(/^https?/, error.needs))
      : redirectedBaseUrl(error.to, baseUrl);
  return alternative === undefined || alternative === baseUrl ? error : { ...error, alternative };
}

function redirectedBaseUrl(to: string, baseUrl: string): string | undefined {
  if (!URL.canParse(to)) return undefined;
  const [target, own] = [new URL(to), new URL(baseUrl)];
  const isSameHost =
    target.hostname === own.hostname && !(own.protocol === 'https:' && target.protocol === 'http:');
  const isChatAddress = target.pathname.replace(/\/$/, '').endsWith(CHAT_PATH);
  return isSameHost && isChatAddress ? allowedBaseUrl(to + own.search) : undefined;
}

/** Undefined if requests to the address are not allowed, such as plain http outside of private networks. */
function allowedBaseUrl(address: string): string | undefined {
  const endpoint = parseEndpoint(address);
  return typeof endpoint === 'string' ? undefined : endpoint.baseUrl;
}
