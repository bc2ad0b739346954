/**
 * Loads something once, on first use. A failed load is not cached; the next call tries again.
 *
 * @returns a function that returns the same promise to all callers until it rejects
 */
export function lazy<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | undefined;
  return () => {
    if (!loading) {
      const started = load();
      loading = started;
      started.catch(() => {
        if (loading === started) loading = undefined;
      });
    }
    return loading;
  };
}
