/**
 * The events of a task as an async iterable. Events are queued, so the task never waits for its reader. A chain of
 * generators would cost several microtask turns per event.
 *
 * @param task resolves with its last event; its signal is aborted when the reader stops early
 */
export async function* streamEvents<Event>(
  task: (emit: (event: Event) => void, readerLeft: AbortSignal) => Promise<Event>,
): AsyncGenerator<Event, void> {
  const controller = new AbortController();
  let queue: Event[] = [];
  const state = { running: true };
  let wake = (): void => undefined;
  const emit = (event: Event): void => {
    queue.push(event);
    wake();
  };
  const ended = task(emit, controller.signal)
    .then(emit)
    .finally(() => {
      state.running = false;
      wake();
    });
  // The error is thrown below, after the events before it.
  ended.catch(() => undefined);
  try {
    while (state.running || queue.length > 0) {
      if (queue.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      const events = queue;
      queue = [];
      for (const event of events) yield event;
    }
    await ended;
  } finally {
    controller.abort();
  }
}
