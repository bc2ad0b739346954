import type { ClientRequest, IncomingMessage } from 'http';
import { TransportError } from '../../core/api';

/** The event `proxy`, which VS Code's proxy layer emits on each request. */
interface ProxyEvent {
  readonly proxy?: unknown;
  readonly error?: unknown;
}

/** The proxy of a request, as far as it is known. */
export interface ProxyObserver {
  /** The error of an unreachable proxy, which replaces the less specific error of the request. */
  connectionError(error: unknown): TransportError | undefined;
  /**
   * The error to report if a proxy responded instead of the server, which is possible only before TLS is established.
   */
  responseError(message: IncomingMessage, url: URL): TransportError | undefined;
}

/** VS Code applies the proxy of `http.proxy`, the environment or the system, and emits which one. */
export function observeProxy(request: ClientRequest): ProxyObserver {
  let proxy: string | undefined;
  let failure: unknown;
  request.on('proxy', (event: ProxyEvent) => {
    proxy = proxyAddress(event.proxy);
    failure = event.error;
  });
  return {
    connectionError(error) {
      if (proxy === undefined || failure === undefined) return undefined;
      return new TransportError({
        kind: 'proxy',
        proxy,
        detail: errorCode(failure) ?? errorCode(error) ?? 'UNKNOWN',
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

/** "PROXY user:password@host:port" without the credentials; undefined for no proxy. */
function proxyAddress(given: unknown): string | undefined {
  const [type = '', target = ''] = String(given).trim().split(/\s+/);
  return type === 'DIRECT' || target === '' ? undefined : target.slice(target.lastIndexOf('@') + 1);
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
