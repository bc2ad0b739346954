import { connect } from 'tls';
import type { AddressGuard } from './address-guard';

/** Longest wait for the handshake, in ms. The server is on this computer or on its network. */
const MAX_WAIT_MS = 2000;

/**
 * Whether a server that closed a connection over plain http expects TLS. Nothing is sent but the beginning of a
 * handshake, so the certificate need not be trusted.
 */
export function speaksTls({ hostname, port }: URL, lookup: AddressGuard['lookup']): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port || 80),
      lookup,
      rejectUnauthorized: false,
      timeout: MAX_WAIT_MS,
    });
    const end = (isSecure: boolean): void => {
      socket.destroy();
      resolve(isSecure);
    };
    socket.once('secureConnect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
  });
}
