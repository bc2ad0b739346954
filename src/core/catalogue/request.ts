import type { Clock } from '../clock';
import { wholeText } from '../api/body';
import { holdsList } from './format';
import { parseJson } from '../api/json';
import type { Transport } from '../api/transport';
import { createWatchdog, type Watchdog } from '../api/watchdog';

export type ListAnswer =
  | { readonly kind: 'list'; readonly json: unknown; readonly etag: string | undefined }
  /** It is still the one of our ETag. */
  | { readonly kind: 'unchanged' }
  /** The server is there, and has no such list. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unreadable' }
  /** Whether there is a list could not be learned. */
  | { readonly kind: 'unreachable' };

export interface ListRequest {
  readonly url: URL;
  readonly apiKey: string | undefined;
  /** Of the list that is known. */
  readonly etag: string | undefined;
  readonly signal: AbortSignal;
}

/** Seconds without anything; nobody waits long for a list. */
const patience = { connect: 10, 'first-byte': 10, idle: 10 };
/** Milliseconds for it all: a server that sends a byte now and then is never idle. */
const longestTime = 60_000;
const longestList = 8 * 1024 * 1024;
/** Of a service without a list: the path is not there, is not for reading, or is there no more. */
const absent: ReadonlySet<number> = new Set([404, 405, 410]);

/** Asks for a list once. Failures are answers, never exceptions. */
export async function askForList(
  request: ListRequest,
  transport: Transport,
  clock: Clock,
): Promise<ListAnswer> {
  const watchdog = createWatchdog(clock, patience);
  const hangUp = new AbortController();
  const cancel = clock.after(longestTime, () => hangUp.abort());
  try {
    const signal = AbortSignal.any([request.signal, watchdog.signal, hangUp.signal]);
    return await exchange({ ...request, signal }, transport, watchdog);
  } catch {
    return { kind: 'unreachable' };
  } finally {
    watchdog.stop();
    cancel();
    hangUp.abort();
  }
}

async function exchange(
  { url, apiKey, etag, signal }: ListRequest,
  transport: Transport,
  watchdog: Watchdog,
): Promise<ListAnswer> {
  watchdog.expect('connect');
  const { sent, response: pending } = transport({
    method: 'GET',
    url,
    headers: {
      accept: 'application/json',
      ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
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
  const json = parseJson(await wholeText(watched(response.body, watchdog), longestList));
  if (!holdsList(json)) return { kind: 'unreadable' };
  return { kind: 'list', json, etag: response.header('etag') };
}

async function* watched(body: AsyncIterable<Uint8Array>, watchdog: Watchdog): AsyncGenerator<Uint8Array> {
  watchdog.expect('idle');
  for await (const chunk of body) {
    watchdog.expect('idle');
    yield chunk;
  }
}
