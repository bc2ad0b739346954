import type { LogOutputChannel } from 'vscode';

export interface Written {
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error';
  readonly line: string;
}

/** A log that keeps what is written into it. */
export function listeningLog(): { readonly log: LogOutputChannel; readonly written: readonly Written[] } {
  const written: Written[] = [];
  const writer =
    (level: Written['level']) =>
    (...parts: readonly unknown[]): void =>
      void written.push({ level, line: parts.map(String).join(' ') });
  const log = {
    trace: writer('trace'),
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
  };
  return { log: log as unknown as LogOutputChannel, written };
}

export function lines(written: readonly Written[]): readonly string[] {
  return written.map(({ line }) => line);
}
