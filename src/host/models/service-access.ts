import type { ChatError, Endpoint, EndpointProblem } from '../../core/api';
import type { ResolveHost } from '../platform';
import type { Settings } from '../settings';
import type { ApiKeyStore } from '../storage/api-key-store';
import { needsPlainHttpConsent } from './plain-http-consent';
import { readEndpoint } from './service-endpoint';

/** A service that may receive requests, with the key that they contain. */
export interface GrantedAccess {
  readonly kind: 'ready';
  readonly endpoint: Endpoint;
  /** Undefined if none is stored; empty if the user chose to send none. */
  readonly apiKey: string | undefined;
}

/** The service that receives a request, or why it cannot. */
export type ServiceAccess =
  | GrantedAccess
  | { readonly kind: 'fail'; readonly error: ChatError }
  /** The user does not want requests that are not encrypted. */
  | { readonly kind: 'declined' }
  /** The user was asked for a key, and gave none. */
  | { readonly kind: 'no-key'; readonly origin: string };

export interface AccessServices {
  readonly keys: ApiKeyStore;
  readonly resolveHost?: ResolveHost | undefined;
}

/**
 * Determines the address and the API key. The user is asked before a request over plain http, and for a missing key. The
 * transports in `platform/` refuse a redirect to another origin, so that no other server receives the key.
 */
export async function accessService(
  endpoint: Endpoint | EndpointProblem,
  settings: Settings,
  { keys, resolveHost }: AccessServices,
): Promise<ServiceAccess> {
  if (typeof endpoint === 'string')
    return { kind: 'fail', error: { kind: 'bad-address', problem: endpoint } };
  if (needsPlainHttpConsent(endpoint, settings)) {
    const { askPlainHttp } = await import('./plain-http-dialog');
    const consent = await askPlainHttp(endpoint, settings, resolveHost);
    if (consent.kind === 'cancelled') return { kind: 'declined' };
    if (consent.kind === 'fail') return consent;
  }
  const apiKey = await keyFor(endpoint, keys);
  if (apiKey === undefined && !endpoint.loopback) return { kind: 'no-key', origin: endpoint.origin };
  return { kind: 'ready', endpoint, apiKey };
}

/**
 * Determines the address and the API key without asking the user. The service itself decides whether it needs a key.
 *
 * @returns undefined if the address is not valid, or may not receive requests
 */
export async function accessServiceSilently(
  settings: Settings,
  keys: Pick<ApiKeyStore, 'get'>,
): Promise<GrantedAccess | undefined> {
  const endpoint = readEndpoint(settings);
  if (typeof endpoint === 'string' || needsPlainHttpConsent(endpoint, settings)) return undefined;
  return { kind: 'ready', endpoint, apiKey: await keys.get(endpoint.origin) };
}

/** The key of a service. The user is asked for one that is missing, unless the service is on this machine. */
async function keyFor(
  { origin, loopback, protection }: Endpoint,
  keys: ApiKeyStore,
): Promise<string | undefined> {
  const key = await keys.get(origin);
  if (key !== undefined || loopback) return key;
  return keys.ask(origin, protection === 'none' ? 'optional' : undefined);
}
