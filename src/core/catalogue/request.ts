import type { Clock } from '../clock';
import { readList } from './list-stream';
import { requestHeaders } from '../api/headers';
import type { ExtraHeaders } from '../api/headers';
import type { EntryReader } from './format';
import type { Transport } from '../api/transport';
import { createWatchdog, type Watchdog } from '../api/watchdog';

export type ListAnswer<T> =
  | { readonly kind: 'list'; readonly list: readonly T[]; readonly etag: string | undefined }
  /** It is still the one of our ETag. */
  | { readonly kind: 'unchanged' }
  /** The server is there, and has no such list. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable' }
  /** Whether there is a list could not be learned. */
  | { readonly kind: 'unreachable' };

export interface ListRequest<T> {
  readonly url: URL;
  readonly headers: ExtraHeaders;
  readonly reader: EntryReader<T>;
  readonly apiKey: string | undefined;
  /** Of the list that is known. */
  readonly etag: string | undefined;
  readonly signal: AbortSignal;
}

/** Seconds without anything; nobody waits long for a list. */
const patience = { connect: 10, 'first-byte': 10, idle: 10 };
/** Milliseconds for it all: a server that sends a byte now and then is never idle. */
const longestTime = 60_000;
/** Of a service without a list: the path is not there, is not for reading, or is there no more. */
const absent: ReadonlySet<number> = new Set([404, 405, 410]);

/** Asks for a list once. Failures are answers, never exceptions. */
export async function askForList<T>(
  request: ListRequest<T>,
  transport: Transport,
  clock: Clock,
): Promise<ListAnswer<T>> {
  const watchdog = createWatchdog(clock, patience);
  const abortController = new AbortController();
  const cancel = clock.after(longestTime, () => abortController.abort());
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
): Promise<ListAnswer<T>> {
  watchdog.expect('connect');
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
  // It may fail while we still wait for `sent`; it is awaited below.
  pending.catch(() => undefined);
  await sent;
  watchdog.expect('first-byte');

  const response = await pending;
  const { status } = response;
  if (status === 304 && etag !== undefined) return { kind: 'unchanged' };
  if (absent.has(status)) return { kind: 'absent' };
  if (status < 200 || status > 299) return { kind: 'unreachable' };
  const list = await readList(watched(response.body, watchdog), reader);
  return list ? { kind: 'list', list, etag: response.header('etag') } : { kind: 'unreadable' };
}

async function* watched(body: AsyncIterable<Uint8Array>, watchdog: Watchdog): AsyncGenerator<Uint8Array> {
  watchdog.expect('idle');
  for await (const chunk of body) {
    watchdog.expect('idle');
    yield chunk;
  }
}
