import type { Exchange } from '../exchange';
import { ServiceProblem } from '../problems';
import { faults, responsesFaults } from './all-faults';

interface RequestedFault {
  /** The name of the requested fault. */
  readonly fault: string | undefined;
  /** The path without the name of the fault. */
  readonly pathname: string;
}

/** The fault that is requested by the path `/fault/NAME/…`, with or without `/v1`, or by the header `X-Fault: NAME`. */
export function requestedFault({ request, url }: Exchange): RequestedFault {
  const [, nameInPath, rest] = /^\/fault\/([^/]+)(\/.*)$/.exec(url.pathname) ?? [];
  const header = request.headers['x-fault'];
  return {
    fault: nameInPath ?? (Array.isArray(header) ? header[0] : header),
    pathname: rest === undefined ? url.pathname : rest.replace(/^(?!\/v1\/)/, '/v1'),
  };
}

/** @throws ServiceProblem if the fault is unknown or needs its own address */
export async function playFault(name: string, api: 'chat' | 'responses', to: Exchange): Promise<void> {
  const fault = (api === 'chat' ? faults : responsesFaults).get(name);
  if (!fault || !('play' in fault)) {
    throw new ServiceProblem(404, 'Not Found', `The path has no fault named ${name}.`);
  }
  await fault.play(to);
}
