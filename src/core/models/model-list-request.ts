import type { Clock } from '../clock';
import { requestHeaders, type ExtraHeaders } from '../api/headers';
import type { EntryReader } from './model-parser';
import type { Transport } from '../api/transport';
import { createWatchdog, type Watchdog } from '../api/watchdog';
import { readModelList } from './read-model-list';

export type ListResponse<T> =
  | { readonly kind: 'list'; readonly list: readonly T[]; readonly etag: string | undefined }
  /** The list with our ETag is still current (304). */
  | { readonly kind: 'unchanged' }
  /** The server has no such list. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable' }
  /** The server could not be reached or returned another error. */
  | { readonly kind: 'unreachable' };

export interface ListRequest<T> {
  readonly url: URL;
  readonly headers: ExtraHeaders;
  readonly reader: EntryReader<T>;
  readonly apiKey: string | undefined;
  /** The ETag of the known list. */
  readonly etag: string | undefined;
  readonly signal: AbortSignal;
}

/** The time limits of each phase, in seconds. */
const TIMEOUTS = { connect: 10, 'first-byte': 10, idle: 10 };

/** The time limit of the whole request in ms, because a server that sends a byte now and then is never idle. */
const MAX_DURATION_MS = 60_000;

/** The statuses of a service without a list: not found, method not allowed, gone. */
const ABSENT_STATUSES: ReadonlySet<number> = new Set([404, 405, 410]);

/** Requests a list once. A failure is a result, never an exception. */
export async function requestModelList<T>(
  request: ListRequest<T>,
  transport: Transport,
  clock: Clock,
): Promise<ListResponse<T>> {
  const watchdog = createWatchdog(clock, TIMEOUTS);
  const abortController = new AbortController();
  const cancel = clock.after(MAX_DURATION_MS, () => abortController.abort());
  try {
    const signal = AbortSignal.any([request.signal, watchdog.signal, abortController.signal]);
    return await exchange({ ...request, signal }, transport, watchdog);
  } catch {
    return { kind: 'unreachable' };
  } finally {
    watchdog.stop();
    cancel();
    abortController.abort();
  }
}

async function exchange<T>(
  { url, headers, apiKey, etag, signal, reader }: ListRequest<T>,
  transport: Transport,
  watchdog: Watchdog,
): Promise<ListResponse<T>> {
  watchdog.startPhase('connect');
  const { sent, response: pending } = transport({
    method: 'GET',
    url,
    headers: {
      ...requestHeaders(headers, apiKey),
      accept: 'application/json',
      ...(etag !== undefined && { 'if-none-match': etag }),
    },
    signal,
  });
  // A rejection before `sent` resolves must not be reported as unhandled; the response is awaited below.
  pending.catch(() => undefined);
  await sent;
  watchdog.startPhase('first-byte');

  const response = await pending;
  const { status } = response;
  if (status === 304 && etag !== undefined) return { kind: 'unchanged' };
  if (ABSENT_STATUSES.has(status)) return { kind: 'absent' };
  if (status < 200 || status > 299) return { kind: 'unreachable' };
  const list = await readModelList(watched(response.body, watchdog), reader);
  return list ? { kind: 'list', list, etag: response.header('etag') } : { kind: 'unreadable' };
}

async function* watched(body: AsyncIterable<Uint8Array>, watchdog: Watchdog): AsyncGenerator<Uint8Array> {
  watchdog.startPhase('idle');
  for await (const chunk of body) {
    watchdog.startPhase('idle');
    yield chunk;
  }
}
