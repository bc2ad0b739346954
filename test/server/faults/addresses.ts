import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';
import { selfSigned } from './certificate';
import type { Address, AddressFault } from './fault';

/** Faults that come before a word of HTTP. */
export const addressFaults: readonly AddressFault[] = [
  {
    name: 'refused',
    description: 'Nobody listens at the port.',
    expected: { outcome: 'network', text: '', retried: true, messagePart: 'ECONNREFUSED' },
    open: async (): Promise<Address> => {
      const address = await listen(createServer(), 'http');
      await address.close();
      return nowhere(address.origin);
    },
  },
  {
    name: 'dns',
    description: 'The name of the host does not exist.',
    expected: { outcome: 'network', text: '', retried: true, messagePart: 'dns' },
    // A label of more than 63 letters, which this machine refuses to look up: no test asks a name server.
    open: () => Promise.resolve(nowhere(`https://${'nowhere'.repeat(10)}.invalid`)),
  },
  {
    name: 'tls-bad-certificate',
    description: 'The certificate is signed by itself alone.',
    expected: { outcome: 'network', text: '', messagePart: 'SELF_SIGNED' },
    open: (): Promise<Address> => {
      const server = createSecureServer(selfSigned());
      // The client breaks off the handshake, as it should.
      server.on('tlsClientError', () => undefined);
      return listen(server, 'https');
    },
  },
  {
    name: 'tls-none',
    description: 'A server that speaks plain HTTP where TLS is expected.',
    expected: { outcome: 'network', text: '', messagePart: 'tls' },
    open: () =>
      listen(
        createServer((socket) => {
          socket.on('error', () => undefined);
          socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n'));
        }),
        'https',
      ),
  },
];

function nowhere(origin: string): Address {
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
