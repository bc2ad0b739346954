let listening = false;
const cleanups: (() => void)[] = [];

/** Registers a cleanup for the end of this process, also by a signal. The newest cleanup runs first. */
export function onExit(cleanup: () => void): void {
  cleanups.push(cleanup);
  if (listening) return;
  listening = true;
  process.on('exit', () => {
    for (const next of cleanups.reverse()) next();
  });
  // A signal ends a process without 'exit', which would leave servers in other process groups running.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // After the other listeners, because the listener of a test runner forwards the signal to VS Code.
    process.once(signal, () => setImmediate(() => process.exit(130)));
  }
}
