import { parseEndpoint, type Endpoint, type EndpointProblem } from '../../core/api';
import type { Settings } from '../settings';

/** The endpoint that the settings describe, with the extra headers of its requests. */
export function readEndpoint({ baseUrl, headers }: Settings): Endpoint | EndpointProblem {
  return parseEndpoint(baseUrl, headers);
}

/** False where requests would not be encrypted and the user has not allowed that for this origin. */
export function mayReceiveRequests(
  { protection, origin }: Endpoint,
  { allowedHttpOrigins }: Pick<Settings, 'allowedHttpOrigins'>,
): boolean {
  return protection !== 'none' || allowedHttpOrigins.some((allowed) => originOf(allowed) === origin);
}

/** The origin of an address that the user has written, with a slash or a path. */
function originOf(address: string): string | undefined {
  return URL.canParse(address.trim()) ? new URL(address.trim()).origin : undefined;
}
