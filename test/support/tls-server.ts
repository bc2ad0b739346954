import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { selfSignedCertificate } from '../server/faults/certificate';

/** A service over TLS with a self-signed certificate. */
export interface TlsServer {
  readonly port: number;
  /** The origin of the service with this host name. */
  originAs(host: string): string;
  close(): Promise<void>;
}

const answer =
  'data: {"choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n';

export async function startTlsServer(): Promise<TlsServer> {
  const server = createServer(selfSignedCertificate(), (request, response) => {
    request.resume().once('end', () => {
      response.writeHead(201, { 'content-type': 'text/event-stream' }).end(answer);
    });
  });
  server.on('tlsClientError', () => undefined).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    originAs: (host) => `https://${host}:${port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
