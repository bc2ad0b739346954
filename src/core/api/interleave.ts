/**
 * Runs generators side by side: what they yield as it comes, and in the end what each returned. Rejects as
 * soon as one of them does.
 */
export async function* interleave<Event, Result>(
  sources: readonly AsyncGenerator<Event, Result>[],
): AsyncGenerator<Event, readonly Result[]> {
  const results: Result[] = [];
  const arrived: Event[] = [];
  let running = sources.length;
  let failure: { readonly error: unknown } | undefined;
  let wake = (): void => undefined;

  async function run(source: AsyncGenerator<Event, Result>, index: number): Promise<void> {
    let step = await source.next();
    for (; step.done !== true; step = await source.next()) {
      arrived.push(step.value);
      wake();
    }
    results[index] = step.value;
  }

  for (const [index, source] of sources.entries()) {
    void run(source, index)
      .catch((error: unknown) => (failure = { error }))
      .finally(() => {
        running--;
        wake();
      });
  }
  while (running > 0 || arrived.length > 0) {
    if (arrived.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    yield* arrived.splice(0);
    if (failure) throw failure.error;
  }
  return results;
}
