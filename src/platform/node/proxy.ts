import type { ClientRequest, IncomingMessage } from 'http';
import { TransportError } from '../../core/api';

/** Details about the proxy, which VS Code's proxy layer emits as `proxy` for each request. */
interface ProxyEvent {
  readonly proxy?: unknown;
  readonly error?: unknown;
}

/** The proxy that a request goes through, as far as it is known. */
export interface ProxyWatch {
  /** The error of a proxy that could not be reached, in the place of one that only says so. */
  connectionError(error: unknown): TransportError | undefined;
  /** The error to report if a proxy answered instead of the server, which is only possible before TLS is established. */
  responseError(message: IncomingMessage, url: URL): TransportError | undefined;
}

/** VS Code puts a proxy of `http.proxy`, the environment or the system between, and tells which. */
export function watchProxy(request: ClientRequest): ProxyWatch {
  let proxy: string | undefined;
  let failure: unknown;
  request.on('proxy', (news: ProxyEvent) => {
    proxy = nameOf(news.proxy);
    failure = news.error;
  });
  return {
    connectionError(error) {
      if (proxy === undefined || failure === undefined) return undefined;
      return new TransportError({
        kind: 'proxy',
        proxy,
        detail: codeOf(failure) ?? codeOf(error) ?? 'UNKNOWN',
      });
    },
    responseError(message, url) {
      const { statusCode: status = 0, statusMessage = '' } = message;
      const unprotected = url.protocol === 'https:' && !('encrypted' in message.socket);
      if (!unprotected && status !== 407) return undefined;
      return new TransportError({ kind: 'proxy', proxy: proxy ?? '', status, detail: statusMessage });
    },
  };
}

/** "PROXY user:password@host:port" without what is secret; undefined for no proxy. */
function nameOf(given: unknown): string | undefined {
  const [type = '', target = ''] = String(given).trim().split(/\s+/);
  return type === 'DIRECT' || target === '' ? undefined : target.slice(target.lastIndexOf('@') + 1);
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
