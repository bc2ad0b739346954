import type { Clock } from '../clock';
import { requestHeaders, type ExtraHeaders } from '../api/headers';
import type { EntryReader } from './model-parser';
import type { Transport } from '../api/transport';
import { createWatchdog, type Watchdog } from '../api/watchdog';
import { JSONParser } from '@streamparser/json';

export type ListResponse<T> =
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
const TIMEOUTS = { connect: 10, 'first-byte': 10, idle: 10 };

/** Milliseconds for it all: a server that sends a byte now and then is never idle. */
const MAX_DURATION_MS = 60_000;

/** Of a service without a list: the path is not there, is not for reading, or is there no more. */
const ABSENT_STATUSES: ReadonlySet<number> = new Set([404, 405, 410]);

/** Asks for a list once. Failures are answers, never exceptions. */
export async function requestList<T>(
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
  if (ABSENT_STATUSES.has(status)) return { kind: 'absent' };
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

/** Bytes of a list that are read; the largest public one has 1 MB. */
const MAX_LIST_BYTES = 64 * 1024 * 1024;

/** Where lists have their entries: at the top, or under one of these names. */
const ENTRY_PATHS = ['$', '$.*', '$.data.*', '$.models.*'];

/**
 * Reads a list of models while it arrives, an entry at a time: to parse 50 MB at once would hold up everything
 * else in the extension host.
 *
 * @returns undefined where there is no list in it, or no end of one
 */
async function readList<T>(
  body: AsyncIterable<Uint8Array>,
  reader: EntryReader<T>,
): Promise<readonly T[] | undefined> {
  const parser = new JSONParser({ paths: ENTRY_PATHS });
  const state = { found: false, ended: false, broken: false };
  parser.onValue = ({ value, key, parent, stack }) => {
    if (Array.isArray(parent) && typeof key === 'number') {
      // An entry stands in a list at the top, or in one that stands under a name there.
      reader.add(value);
      state.found = true;
      // What was read is not kept for the value of the whole.
      parent[key] = null;
    } else if (Array.isArray(value) && (stack.length === 0 || isNamed(key))) state.found = true;
  };
  parser.onEnd = () => (state.ended = true);
  parser.onError = () => (state.broken = true);
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_LIST_BYTES) break;
    parser.write(chunk);
    if (state.ended || state.broken) break;
  }
  return state.found && state.ended ? reader.result() : undefined;
}

function isNamed(key: unknown): boolean {
  return key === 'data' || key === 'models';
}
