import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';
import type { ChatError } from '../../../src/core/api';
import { networkFault } from '../../../src/platform/node/network-fault';
import { nodeTransport } from '../../../src/platform/node/transport';
import { selfSignedCertificate } from '../../server/faults/certificate';
import { collectAnswer, requestTo } from '../../support/wire';

/** Errors of Node.js and of Electron, with the fault that they mean. */
const errors: readonly (readonly [code: string, message: string, fault: object])[] = [
  ['ENOTFOUND', 'getaddrinfo ENOTFOUND a.example', { kind: 'network', reason: 'dns' }],
  ['EAI_AGAIN', 'getaddrinfo EAI_AGAIN a.example', { kind: 'network', reason: 'dns' }],
  ['ECONNREFUSED', 'connect ECONNREFUSED', { kind: 'network', reason: 'refused' }],
  ['EHOSTUNREACH', 'connect EHOSTUNREACH', { kind: 'network', reason: 'unreachable' }],
  ['ETIMEDOUT', 'connect ETIMEDOUT', { kind: 'network', reason: 'unreachable' }],
  ['CERT_HAS_EXPIRED', 'certificate has expired', { kind: 'network', reason: 'tls' }],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'Hostname does not match', { kind: 'network', reason: 'tls' }],
  [
    'EPROTO',
    'write EPROTO 80BC:error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:record.c:1601:',
    { kind: 'network', reason: 'tls', detail: 'tlsv1 alert protocol version' },
  ],
  [
    'EPROTO',
    'write EPROTO 80BC:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:record.c:350:',
    { kind: 'wrong-scheme', needs: 'http' },
  ],
  [
    'EPROTO',
    'write EPROTO 8:error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER:tls_record.cc:231:',
    { kind: 'wrong-scheme', needs: 'http' },
  ],
  ['ERR_SSL_WRONG_VERSION_NUMBER', 'wrong version number', { kind: 'wrong-scheme', needs: 'http' }],
];

describe('An error of the network', () => {
  for (const [code, message, fault] of errors) {
    it(`is understood: ${message}`, () => {
      const { detail, ...others } = networkFault(Object.assign(new Error(message), { code })) as ChatError & {
        readonly detail?: string;
      };
      const named = 'detail' in fault || !('reason' in fault) ? { detail } : {};
      assert.deepEqual({ ...others, ...(named.detail !== undefined && named) }, fault);
    });
  }

  const replies: readonly (readonly [source: string, reply: string])[] = [
    [
      'nginx',
      'HTTP/1.1 400 Bad Request\r\n\r\n<html><head><title>400 The plain HTTP request was sent to HTTPS port</title>',
    ],
    ['Go', 'HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n'],
    [
      'Apache',
      "HTTP/1.1 400 Bad Request\r\n\r\n<html><title>400 Bad Request</title><p>Reason: You're speaking plain HTTP to an SSL-enabled server port.",
    ],
    ['Tomcat', 'HTTP/1.1 400 \r\n\r\nBad Request\r\nThis combination of host and port requires TLS.\r\n'],
    ['an alert', '\x15\x03\x01\x00\x02\x02\x46'],
  ];
  for (const [source, reply] of replies) {
    it(`names the https address of a server that expects TLS, by the reply of ${source}`, async () => {
      const server = createServer((socket) => {
        socket.on('error', () => undefined).once('data', () => socket.end(reply, 'latin1'));
      });
      const { port, error } = await errorAt('http', server);
      assert.deepEqual(error, {
        kind: 'wrong-scheme',
        needs: 'https',
        alternative: `https://127.0.0.1:${port}/v1`,
      });
    });
  }

  it('names the https address of a server that closes a connection without TLS', async () => {
    const server = createSecureServer(selfSignedCertificate());
    server.on('tlsClientError', () => undefined);
    const { port, error } = await errorAt('http', server);
    assert.deepEqual(error, {
      kind: 'wrong-scheme',
      needs: 'https',
      alternative: `https://127.0.0.1:${port}/v1`,
    });
  });

  it('remains a lost connection if the server closes it with TLS too', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined).once('data', () => socket.destroy());
    });
    const { error } = await errorAt('http', server);
    assert.deepEqual(error, { kind: 'network', reason: 'reset', detail: 'ECONNRESET' });
  });
});

/** The error of a question to this server. */
async function errorAt(
  scheme: 'http' | 'https',
  server: Server,
): Promise<{ readonly port: number; readonly error: ChatError }> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { outcome } = await collectAnswer(requestTo(`${scheme}://127.0.0.1:${port}`), nodeTransport);
  server.close();
  assert.ok(outcome.kind === 'failed');
  return { port, error: outcome.error };
}
