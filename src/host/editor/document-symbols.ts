import * as vscode from 'vscode';
import { systemClock } from '../clock';

/** A function, a class, or another part of a document that has a name. */
export interface CodeSymbol {
  readonly name: string;
  readonly kind: vscode.SymbolKind;
  readonly range: vscode.Range;
}

type ProvidedSymbol = vscode.DocumentSymbol | vscode.SymbolInformation;

/** Time after which a language extension that does not respond is treated as one without symbols, in ms. */
const TIMEOUT_MS = 5000;

/** The symbols of a document at all levels; empty if no extension provides them. */
export async function documentSymbols(uri: vscode.Uri): Promise<readonly CodeSymbol[]> {
  const provided = vscode.commands.executeCommand<readonly ProvidedSymbol[] | undefined>(
    'vscode.executeDocumentSymbolProvider',
    uri,
  );
  let cancel = (): void => undefined;
  const timeout = new Promise<undefined>((resolve) => {
    cancel = systemClock.after(TIMEOUT_MS, () => resolve(undefined));
  });
  try {
    return ((await Promise.race([provided, timeout])) ?? []).flatMap(withChildren);
  } finally {
    cancel();
  }
}

function withChildren(symbol: ProvidedSymbol): readonly CodeSymbol[] {
  const { name, kind } = symbol;
  if (!('children' in symbol)) return [{ name, kind, range: symbol.location.range }];
  return [{ name, kind, range: symbol.range }, ...symbol.children.flatMap(withChildren)];
}

/** The symbols that contain a range, from the outermost to the innermost. */
export function symbolsAround(symbols: readonly CodeSymbol[], range: vscode.Range): readonly CodeSymbol[] {
  return symbols
    .filter((symbol) => symbol.range.contains(range))
    .sort((one, other) => (one.range.contains(other.range) ? -1 : 1));
}

const { Function, Method, Constructor } = vscode.SymbolKind;
const CALLABLE_KINDS: readonly vscode.SymbolKind[] = [Function, Method, Constructor];

/**
 * The function around a range. Where there is none, the innermost symbol of several lines, because some extensions
 * report a function that is assigned to a variable as a variable.
 */
export function functionAround(symbols: readonly CodeSymbol[], range: vscode.Range): CodeSymbol | undefined {
  const around = symbolsAround(symbols, range).toReversed();
  return (
    around.find(({ kind }) => CALLABLE_KINDS.includes(kind)) ??
    around.find((symbol) => !symbol.range.isSingleLine)
  );
}
