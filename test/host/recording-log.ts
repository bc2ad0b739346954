import type { LogOutputChannel } from 'vscode';

export interface LogEntry {
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error';
  readonly line: string;
}

/** A log whose entries are recorded. */
export function recordingLog(): { readonly log: LogOutputChannel; readonly entries: readonly LogEntry[] } {
  const entries: LogEntry[] = [];
  const writer =
    (level: LogEntry['level']) =>
    (...parts: readonly unknown[]): void =>
      void entries.push({ level, line: parts.map(String).join(' ') });
  const log = {
    trace: writer('trace'),
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
  };
  return { log: log as unknown as LogOutputChannel, entries };
}

export function lines(entries: readonly LogEntry[]): readonly string[] {
  return entries.map(({ line }) => line);
}
