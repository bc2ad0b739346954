import { lookup as resolve, type LookupAddress, type LookupOptions } from 'dns';
import type { Socket } from 'net';
import { TransportError } from '../../core/api';
import { isLoopbackAddress, isLoopbackHost, isPrivateAddress } from '../../core/api/addresses';
import { lookup } from 'dns';

/** The type of `dns.lookup`; tests replace it with one that returns false addresses. */
export type Lookup = (
  hostname: string,
  options: LookupOptions & { readonly all: true },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void;

/** Both, as a server may listen at one alone. */
const LOCALHOST: readonly LookupAddress[] = [
  { address: '127.0.0.1', family: 4 },
  { address: '::1', family: 6 },
];

/** Where a connection that is not protected by TLS, or that is to stay on this machine, may lead. */
export interface AddressGuard {
  /** In the form that Node's `net.connect` takes. */
  readonly lookup: (hostname: string, options: LookupOptions, callback: LookupCallback) => void;
  /** Throws `TransportError` unless the socket is connected to where it should be. */
  readonly check: (socket: Socket) => void;
}

/**
 * A host that is this machine by its name is never looked up, so that no resolver can say otherwise. Any other that
 * is asked over plain http must be on a private network.
 */
export function guardAddress(url: URL, resolver: Lookup = resolve): AddressGuard {
  const loopback = isLoopbackHost(url.hostname);
  const allowed = loopback ? isLoopbackAddress : isPrivateAddress;
  const refusal = (address: string): TransportError =>
    new TransportError({ kind: 'unexpected-address', host: url.hostname, address });

  return {
    lookup(hostname, options, callback) {
      const answer = (addresses: readonly LookupAddress[]): void => {
        const usable = addresses.filter(({ address }) => allowed(address));
        const [first] = usable;
        if (!first) callback(refusal(addresses.map(({ address }) => address).join(', ')), []);
        else if (options.all === true) callback(null, usable);
        else callback(null, first.address, first.family);
      };
      if (hostname === 'localhost') {
        answer(LOCALHOST.filter(({ family }) => wants(options, family)));
        return;
      }
      resolver(hostname, { ...options, all: true }, (error, addresses) => {
        if (error) callback(error, []);
        else answer(addresses);
      });
    },
    check({ remoteAddress, remotePort }) {
      const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
      // Behind TLS, which vouches for the server itself, a wrapped socket may not tell.
      if (remoteAddress === undefined && url.protocol === 'https:') return;
      if (remoteAddress !== undefined && allowed(remoteAddress) && remotePort === port) return;
      throw refusal(`${remoteAddress ?? '?'}:${remotePort ?? '?'}`);
    },
  };
}

function wants({ family }: LookupOptions, candidate: number): boolean {
  return family === undefined || family === 0 || family === candidate || family === `IPv${candidate}`;
}

/** The addresses that a connection to a host would go to. Rejects where it has none. */
export function resolveHost(hostname: string): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    lookup(hostname, { all: true }, (error, addresses) => {
      if (error) reject(error);
      else resolve(addresses.map(({ address }) => address));
    });
  });
}
