import type { Exchange } from '../exchange';
import { ServiceProblem } from '../problems';
import { faults } from './menu';

interface Wanted {
  /** The name of the fault that the request asks for. */
  readonly fault: string | undefined;
  /** The path without that name. */
  readonly pathname: string;
}

/** Whether a request asks for a fault, by its path `/fault/NAME/…`, with `/v1` or without, or by its header `X-Fault: NAME`. */
export function wantedFault({ request, url }: Exchange): Wanted {
  const [, named, rest] = /^\/fault\/([^/]+)(\/.*)$/.exec(url.pathname) ?? [];
  const header = request.headers['x-fault'];
  return {
    fault: named ?? (Array.isArray(header) ? header[0] : header),
    pathname: rest === undefined ? url.pathname : rest.replace(/^(?!\/v1\/)/, '/v1'),
  };
}

/** @throws ServiceProblem where the menu has no such fault, or one that needs an address of its own */
export async function playFault(name: string, to: Exchange): Promise<void> {
  const fault = faults.get(name);
  if (!fault || !('play' in fault)) {
    throw new ServiceProblem(404, 'Not Found', `The path has no fault named ${name}.`);
  }
  await fault.play(to);
}
