import * as vscode from 'vscode';
import { sanitizeLine } from '../core/text/untrusted-text';

/** Longest line, in UTF-16 units. */
const MAX_LINE_LENGTH = 2000;

/**
 * The log of the extension. Text of a server or a file in it stays on one line, hidden characters in it are visible, and
 * it contains no links: VS Code's Output view turns every `file:` address into one.
 */
export function createLog(name: string): vscode.LogOutputChannel {
  // Created with its first line, as this takes a fifth of the time of activation.
  let channel: vscode.LogOutputChannel | undefined;
  const line = (parts: readonly unknown[]): string =>
    sanitizeLine(parts.join(' '), MAX_LINE_LENGTH).replace(/\bfile:/gi, '$& ');
  return new Proxy({} as vscode.LogOutputChannel, {
    get(_, member) {
      if (member === 'dispose') return () => channel?.dispose();
      const opened = (channel ??= vscode.window.createOutputChannel(name, { log: true }));
      const value: unknown = Reflect.get(opened, member);
      if (typeof value !== 'function') return value;
      const writes = !/^(show|hide|clear|on)/.test(String(member));
      return (...parts: readonly unknown[]): unknown =>
        Reflect.apply(value, opened, writes ? [line(parts)] : parts);
    },
  });
}
