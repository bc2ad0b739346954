import type { Transport } from '../../../src/core/api';

/** An answer whose pieces come when the test says so. */
export interface SlowAnswer {
  readonly transport: Transport;
  /** Hands on a piece, and comes back when the client has read it. */
  send(piece: string): Promise<void>;
  /** Hands on the last piece, behind which nothing is read any more. */
  end(piece: string): void;
}

export function slowAnswer(): SlowAnswer {
  const pieces: string[] = [];
  let wake = (): void => undefined;
  let read = (): void => undefined;
  async function* body(signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const aborted = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
    aborted.catch(() => undefined);
    for (;;) {
      if (pieces.length === 0) {
        read();
        await Promise.race([aborted, new Promise<void>((resolve) => (wake = resolve))]);
      }
      yield new TextEncoder().encode(pieces.shift());
    }
  }
  return {
    transport: ({ signal }) => ({
      sent: Promise.resolve(),
      response: Promise.resolve({ status: 200, header: () => undefined, body: body(signal) }),
    }),
    async send(piece) {
      pieces.push(piece);
      const settled = new Promise<void>((resolve) => (read = resolve));
      wake();
      await settled;
      // The reader of its events comes to them in the same turn of the event loop.
      await new Promise(setImmediate);
    },
    end(piece) {
      pieces.push(piece);
      wake();
    },
  };
}
