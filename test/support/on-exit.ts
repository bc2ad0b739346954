let listening = false;
const cleanups: (() => void)[] = [];

/** Runs `cleanup` when this process ends, newest first, however it is asked to end. */
export function onExit(cleanup: () => void): void {
  cleanups.push(cleanup);
  if (listening) return;
  listening = true;
  process.on('exit', () => {
    for (const next of cleanups.reverse()) next();
  });
  // A signal ends a process without 'exit', and would leave servers in process groups of their own behind.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // After the other listeners, since a test runner's own passes the signal on to VS Code.
    process.once(signal, () => setImmediate(() => process.exit(130)));
  }
}
