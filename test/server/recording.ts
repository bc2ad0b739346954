import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';

/** `cut`: the server broke the connection itself; `closedEarly`: the client hung up before the end. */
type Ending = 'answered' | 'cut' | 'closedEarly';

export interface RecordedRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Parsed where it is JSON, else the text. */
  readonly body: unknown;
  /** Milliseconds since 1970, when the request was complete. */
  readonly time: number;
  readonly state: 'open' | Ending;
  /** Resolves when the exchange is over. */
  readonly ended: Promise<Ending>;
}

export function record(request: IncomingMessage, body: string, response: ServerResponse): RecordedRequest {
  let state: RecordedRequest['state'] = 'open';
  const ended = once(response, 'close').then(() => (state = endingOf(response)));
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    body: parsed(body),
    time: performance.timeOrigin + performance.now(),
    get state() {
      return state;
    },
    ended,
  };
}

/** The server destroys a response with a reason; when the client hangs up, there is none. */
function endingOf(response: ServerResponse): Ending {
  if (response.writableFinished) return 'answered';
  return response.errored ? 'cut' : 'closedEarly';
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
