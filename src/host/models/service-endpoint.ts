import { parseEndpoint, type Endpoint, type EndpointProblem } from '../../core/api';
import type { Settings } from '../settings';

/** The endpoint that the settings describe, with the extra headers of its requests. */
export function readEndpoint({ baseUrl, headers }: Settings): Endpoint | EndpointProblem {
  return parseEndpoint(baseUrl, headers);
}
