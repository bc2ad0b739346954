import * as vscode from 'vscode';
import { inertValue } from '../core/text/inert';

/** Longest line, in UTF-16 units. */
const MAX_LINE_LENGTH = 2000;

/**
 * The log of the extension. What a server or a file says in it is one line, in which hidden characters can be seen,
 * and VS Code makes no link to a file of it: its Output view makes one of every `file:` address.
 */
export function createLog(name: string): vscode.LogOutputChannel {
  const channel = vscode.window.createOutputChannel(name, { log: true });
  const line = (parts: readonly unknown[]): string =>
    inertValue(parts.join(' '), MAX_LINE_LENGTH).replace(/\bfile:/gi, '$& ');
  return new Proxy({} as vscode.LogOutputChannel, {
    get(_, name) {
      const member: unknown = Reflect.get(channel, name);
      if (typeof member !== 'function') return member;
      const writes = !/^(show|hide|clear|on|dispose)/.test(String(name));
      return (...parts: readonly unknown[]): unknown =>
        Reflect.apply(member, channel, writes ? [line(parts)] : parts);
    },
  });
}
