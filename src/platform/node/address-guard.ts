import { lookup as resolve, type LookupAddress, type LookupOptions } from 'dns';
import type { Socket } from 'net';
import { TransportError } from '../../core/api';
import {
  isLoopbackAddress,
  isLoopbackHost,
  isPrivateAddress,
} from '../../core/api/addresses/private-addresses';
import { lookup } from 'dns';

/** The type of `dns.lookup`. Tests replace it with one that returns wrong addresses. */
export type Lookup = (
  hostname: string,
  options: LookupOptions & { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** Both families, as a server may listen on only one. */
const LOCALHOST: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/** Restricts the addresses of connections that are not protected by TLS or that must stay on this machine. */
export interface AddressGuard {
  /** A `lookup` option for Node's `net.connect`. */
  readonly lookup: (hostname: string, options: LookupOptions, callback: LookupCallback) => void;
  /** Throws `TransportError` unless the socket is connected to an allowed address. */
  readonly check: (socket: Socket) => void;
}

/**
 * Names of this machine are never resolved by DNS, so that no resolver can return another address. Any other host
 * that is requested over plain http must be on a private network.
 */
export function guardAddress(url: URL, resolver: Lookup = resolve): AddressGuard {
  const loopback = isLoopbackHost(url.hostname);
  const allowed = loopback ? isLoopbackAddress : isPrivateAddress;
  const unexpectedAddress = (address: string): TransportError =>
    new TransportError({ kind: 'unexpected-address', host: url.hostname, address });

  return {
    lookup(hostname, options, callback) {
      const respond = (addresses: readonly LookupAddress[]): void => {
        const usable = addresses.filter(({ address }) => allowed(address));
        const [first] = usable;
        if (!first) callback(unexpectedAddress(addresses.map(({ address }) => address).join(', ')), []);
        else if (options.all === true) callback(null, usable);
        else callback(null, first.address, first.family);
      };
      if (hostname === 'localhost') {
        respond(LOCALHOST.filter(({ family }) => isRequestedFamily(options, family)));
        return;
      }
      resolver(hostname, { ...options, all: true }, (error, addresses) => {
        if (error) callback(error, []);
        else respond(addresses);
      });
    },
    check({ remoteAddress, remotePort }) {
      const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
      // With TLS, which verifies the server itself, a wrapped socket may not know its address.
      if (remoteAddress === undefined && url.protocol === 'https:') return;
      if (remoteAddress !== undefined && allowed(remoteAddress) && remotePort === port) return;
      throw unexpectedAddress(`${remoteAddress ?? '?'}:${remotePort ?? '?'}`);
    },
  };
}

function isRequestedFamily({ family }: LookupOptions, candidate: number): boolean {
  return family === undefined || family === 0 || family === candidate || family === `IPv${candidate}`;
}

/** Resolves a host name to its addresses. Rejects if it has none. */
export function resolveHost(hostname: string): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error, addresses) => {
      if (error) reject(error);
      else resolve(addresses.map(({ address }) => address));
    });
  });
}
