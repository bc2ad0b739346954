import { parseEndpoint, type Endpoint, type EndpointProblem } from '../../core/api';
import type { Settings } from '../settings';

/** The address in the settings, and how it is asked. */
export function readEndpoint({ baseUrl, headers }: Settings): Endpoint | EndpointProblem {
  return parseEndpoint(baseUrl, headers);
}

/** Whether requests may be sent there: what is not encrypted needs the user's consent, which the settings hold. */
export function mayBeAsked({ protection, origin }: Endpoint, { allowedHttpOrigins }: Settings): boolean {
  return protection !== 'none' || allowedHttpOrigins.includes(origin);
}
