import { createParser } from 'eventsource-parser';
import { createChunkDecoder } from './utf8';

export type ServerSentEvent =
  /** `data` of an event that its blank line closed. */
  | { readonly kind: 'event'; readonly data: string }
  /** `data` of an event that has a name of its own, such as `ping`. */
  | { readonly kind: 'named'; readonly data: string }
  /** `data` of the last event, which the end of the stream cut off: perhaps whole, perhaps not. */
  | { readonly kind: 'tail'; readonly data: string }
  /** An `event: error`, or a field line `error: …` as some servers write it. */
  | { readonly kind: 'error'; readonly data: string }
  /** An event, or a line of one, that was too long to be kept; nothing is read any more. */
  | { readonly kind: 'oversized'; readonly data: '' };

/** Reads server-sent events from a stream of bytes, cut anywhere. */
export interface EventReader {
  /** The events that these chunks complete. */
  read(chunks: readonly Uint8Array[]): readonly ServerSentEvent[];
  /** The event that the end of the stream cut off, if there is one. */
  end(): readonly ServerSentEvent[];
}

/** @param maxEventSize characters that one event may have; events of 1 MB are real, endless ones would fill the memory */
export function createEventReader(maxEventSize: number): EventReader {
  let arrived: ServerSentEvent[] = [];
  let kind: 'event' | 'tail' = 'event';
  const parser = createParser({
    maxBufferSize: maxEventSize,
    onEvent: ({ event, data }) => arrived.push({ kind: kindOf(event) ?? kind, data }),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') arrived.push({ kind: 'oversized', data: '' });
      if (error.field === 'error') arrived.push({ kind: 'error', data: error.value ?? '' });
    },
  });
  // It takes off the byte order mark that a stream may begin with; the parser would not know it in text.
  const decoder = createChunkDecoder();

  function feed(text: string): readonly ServerSentEvent[] {
    arrived = [];
    parser.feed(text);
    return arrived;
  }

  return {
    read: (chunks) => feed(chunks.map((chunk) => decoder.decode(chunk)).join('')),
    end() {
      kind = 'tail';
      return feed(`${decoder.end()}\n\n`);
    },
  };
}

/** Undefined for an event of the usual name, or none. */
function kindOf(name: string | undefined): 'error' | 'named' | undefined {
  if (name === undefined || name === 'message') return undefined;
  return name === 'error' ? 'error' : 'named';
}
