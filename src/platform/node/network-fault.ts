import type { TransportFault } from '../../core/api/transport';

/** The fault that an error of Node's network modules means. */
export function networkFault(error: unknown): TransportFault {
  const { code, message = '', rawPacket } = error instanceof Error ? (error as NetworkError) : {};
  const detail = code ?? 'UNKNOWN';
  if (rawPacket?.[0] === TLS_ALERT) return { kind: 'wrong-scheme', needs: 'https' };
  if (detail !== 'EPROTO' && !detail.startsWith('ERR_SSL_')) {
    return { kind: 'network', reason: reasonOf(detail), detail };
  }
  if (ANSWER_WITHOUT_TLS.test(`${detail} ${message}`)) return { kind: 'wrong-scheme', needs: 'http' };
  return { kind: 'network', reason: 'tls', detail: OPENSSL_REASON.exec(message)?.[1] ?? detail };
}

interface NetworkError extends Error {
  readonly code?: string;
  /** What the server sent, if it was not HTTP. */
  readonly rawPacket?: Uint8Array;
}

/** The first byte of the alert with which a TLS server answers plain HTTP. */
const TLS_ALERT = 0x15;

/** The words of OpenSSL and of BoringSSL, which Electron uses, for a response whose first bytes are not TLS. */
const ANSWER_WITHOUT_TLS = /wrong.version.number|packet.length.too.long|unknown.protocol/i;

/** `error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:…` */
const OPENSSL_REASON = /:SSL routines:[^:]*:([^:]+):/;

function reasonOf(code: string): 'dns' | 'refused' | 'reset' | 'tls' | 'unreachable' {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'dns';
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'reset';
  return /CERT|TLS|SSL|SIGNATURE/.test(code) ? 'tls' : 'unreachable';
}
