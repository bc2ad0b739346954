import type { IncomingMessage } from 'http';
import { chunksOf } from './stream-chunks';

/**
 * The decoded body of a message, each chunk as soon as it is available. We request no coding, but some proxies apply
 * one. Stopping early closes the connection.
 */
export async function* decodedBody(message: IncomingMessage): AsyncGenerator<Uint8Array> {
  const given = message.headers['content-encoding']?.toLowerCase() ?? '';
  const codings = given.split(',').map((coding) => coding.trim());
  const applied = codings.filter((coding) => coding !== '' && coding !== 'identity');
  try {
    if (applied.length === 0) {
      yield* chunksOf(message);
      return;
    }
    // Without a listener, an error while the decoders are loaded would end the process; it is thrown when they read.
    message.on('error', () => undefined);
    const { decodeBody } = await import('./content-coding');
    yield* decodeBody(chunksOf(message), applied);
  } finally {
    message.destroy();
  }
}
