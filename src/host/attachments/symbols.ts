import * as vscode from 'vscode';

/** Symbols of the workspace whose names have this in them; none where no extension knows any. */
export async function workspaceSymbols(typed: string): Promise<readonly vscode.SymbolInformation[]> {
  const found = await vscode.commands.executeCommand<readonly vscode.SymbolInformation[] | undefined>(
    'vscode.executeWorkspaceSymbolProvider',
    typed,
  );
  return (found ?? []).slice(0, 200);
}

/** Where the symbol with this name is now, all of it; of several the one nearest to a line. */
export async function findSymbol(
  uri: vscode.Uri,
  name: string,
  line: number,
): Promise<vscode.Range | undefined> {
  const found = await vscode.commands.executeCommand<
    readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[] | undefined
  >('vscode.executeDocumentSymbolProvider', uri);
  const distance = ({ start }: vscode.Range): number => Math.abs(start.line - line);
  return flat(found ?? [])
    .filter((symbol) => symbol.name === name)
    .map(rangeOf)
    .sort((one, other) => distance(one) - distance(other))[0];
}

function flat(
  symbols: readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[],
): readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[] {
  return symbols.flatMap((symbol) => ('children' in symbol ? [symbol, ...flat(symbol.children)] : [symbol]));
}

function rangeOf(symbol: vscode.DocumentSymbol | vscode.SymbolInformation): vscode.Range {
  return 'range' in symbol ? symbol.range : symbol.location.range;
}
