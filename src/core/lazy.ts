/**
 * Loads something when it is first asked for, and once. A failure is not kept: the next call tries again.
 *
 * @returns the same promise for all callers until it fails
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
