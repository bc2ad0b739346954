import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** How an exchange ended: `destroyed` by the server, or `closedEarly` by the client. */
type Ending = 'answered' | 'destroyed' | 'closedEarly';

export interface RecordedRequest {
  readonly method: string;
  /** The path with the query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** The parsed JSON, or the text if it is not JSON. */
  readonly body: unknown;
  /** Milliseconds since 1970, when the request was complete. */
  readonly time: number;
  readonly state: 'open' | Ending;
  /** Resolves when the exchange has ended. */
  readonly ended: Promise<Ending>;
}

export function record(request: IncomingMessage, body: string, response: ServerResponse): RecordedRequest {
  let state: RecordedRequest['state'] = 'open';
  const ended = once(response, 'close').then(() => (state = endingOf(response)));
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    body: parseIfJson(body),
    time: performance.timeOrigin + performance.now(),
    get state() {
      return state;
    },
    ended,
  };
}

/** The server destroys a response with an error. There is none if the client disconnects. */
function endingOf(response: ServerResponse): Ending {
  if (response.writableFinished) return 'answered';
  return response.errored ? 'destroyed' : 'closedEarly';
}

function parseIfJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
