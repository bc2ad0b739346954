import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';
import { selfSignedCertificate } from './certificate';
import type { Address, AddressFault } from './fault';

/** Faults before HTTP begins. */
export const addressFaults: readonly AddressFault[] = [
  {
    name: 'refused',
    description: 'No server listens on the port.',
    expected: { outcome: 'network', text: '', retried: true, messagePart: 'ECONNREFUSED' },
    open: async (): Promise<Address> => {
      const address = await listen(createServer(), 'http');
      await address.close();
      return unreachable(address.origin);
    },
  },
  {
    name: 'dns',
    description: 'The host name does not exist.',
    expected: { outcome: 'network', text: '', retried: true, messagePart: 'dns' },
    // A label of more than 63 letters is invalid, so no name server is queried.
    open: () => Promise.resolve(unreachable(`https://${'nowhere'.repeat(10)}.invalid`)),
  },
  {
    name: 'tls-bad-certificate',
    description: 'The certificate is self-signed.',
    expected: { outcome: 'network', text: '', messagePart: 'SELF_SIGNED' },
    open: (): Promise<Address> => {
      const server = createSecureServer(selfSignedCertificate());
      // The client must abort the handshake.
      server.on('tlsClientError', () => undefined);
      return listen(server, 'https');
    },
  },
  {
    name: 'tls-none',
    description: 'The server answers a TLS handshake with plain HTTP.',
    expected: { outcome: 'wrong-scheme', text: '', messagePart: 'http://127.0.0.1' },
    open: () =>
      listen(
        createServer((socket) => {
          socket.on('error', () => undefined);
          socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n'));
        }),
        'https',
      ),
  },
  {
    name: 'tls-expected',
    description: 'The server closes a connection over plain http, because it expects TLS.',
    expected: { outcome: 'wrong-scheme', text: '', messagePart: 'https://127.0.0.1' },
    open: (): Promise<Address> => {
      const server = createSecureServer(selfSignedCertificate());
      server.on('tlsClientError', () => undefined);
      return listen(server, 'http');
    },
  },
];

function unreachable(origin: string): Address {
  return { origin, close: () => Promise.resolve() };
}

async function listen(server: Server, scheme: 'http' | 'https'): Promise<Address> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
