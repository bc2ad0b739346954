/**
 * The events of a task, to be read one at a time. The task does not wait for its reader, so that an event does not pass
 * through a chain of generators, each of which costs several turns of the queue of microtasks.
 *
 * @param task resolves with its last event; the signal is aborted when the reader leaves early
 */
export async function* streamEvents<Event>(
  task: (emit: (event: Event) => void, left: AbortSignal) => Promise<Event>,
): AsyncGenerator<Event, void> {
  const controller = new AbortController();
  let arrived: Event[] = [];
  const state = { running: true };
  let wake = (): void => undefined;
  const emit = (event: Event): void => {
    arrived.push(event);
    wake();
  };
  const ended = task(emit, controller.signal)
    .then(emit)
    .finally(() => {
      state.running = false;
      wake();
    });
  // A failure is thrown below, behind the events before it.
  ended.catch(() => undefined);
  try {
    while (state.running || arrived.length > 0) {
      if (arrived.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      const events = arrived;
      arrived = [];
      for (const event of events) yield event;
    }
    await ended;
  } finally {
    controller.abort();
  }
}
