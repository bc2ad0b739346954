/** Something that listens or holds a resource until it is disposed. VS Code's own disposables have this form. */
export interface Disposable {
  dispose(): unknown;
}

/** Owns listeners and resources, and disposes all of them together, the last one first. */
export class DisposableStore implements Disposable {
  private readonly owned = new Set<Disposable>();
  private isDisposed = false;

  /** Takes ownership. If the store is already disposed, the disposable is disposed at once. */
  add<T extends Disposable>(disposable: T): T {
    if (this.isDisposed) disposable.dispose();
    else this.owned.add(disposable);
    return disposable;
  }

  /** Disposes one of the owned disposables now. */
  release(disposable: Disposable): void {
    if (this.owned.delete(disposable)) disposable.dispose();
  }

  /** Disposes everything even if some of it fails; the first error is thrown at the end. */
  dispose(): void {
    this.isDisposed = true;
    const errors: unknown[] = [];
    for (const disposable of [...this.owned].reverse()) {
      try {
        disposable.dispose();
      } catch (error) {
        errors.push(error);
      }
    }
    this.owned.clear();
    if (errors.length > 0) throw errors[0];
  }
}
