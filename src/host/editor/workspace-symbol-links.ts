import * as vscode from 'vscode';
import { systemClock } from '../clock';

/** Time for all names of a request, in ms. The names that are not found by then are not linked. */
const TIMEOUT_MS = 5000;
/** The object of a method in its own class. */
const SELF = ['this', 'self'];

/** The names that are symbols of the workspace, as far as extensions provide symbols. */
export async function findSymbolNames(names: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  const end = systemClock.now() + TIMEOUT_MS;
  // One after the other, so that a language extension stays responsive.
  for (const name of names) {
    const left = end - systemClock.now();
    if (left <= 0) break;
    const symbols = await Promise.race([symbolsNamed(name), timeout(left)]);
    if (symbols.length > 0) found.push(name);
  }
  return found;
}

/**
 * Opens the symbol with this name at its line. Of several, the user chooses one in VS Code's own list.
 *
 * @returns whether there is such a symbol
 */
export async function openSymbol(name: string): Promise<boolean> {
  const [first, ...others] = await symbolsNamed(name);
  if (!first) return false;
  if (others.length > 0) {
    await vscode.commands.executeCommand('workbench.action.quickOpen', `#${partsOf(name).name}`);
    return true;
  }
  const { uri, range } = first.location;
  const selection = new vscode.Range(range.start, range.start);
  const options: vscode.TextDocumentShowOptions = { preview: true, selection };
  await vscode.commands.executeCommand('vscode.open', uri, options);
  return true;
}

async function symbolsNamed(wanted: string): Promise<readonly vscode.SymbolInformation[]> {
  const { name, container } = partsOf(wanted);
  const found = await vscode.commands.executeCommand<readonly vscode.SymbolInformation[] | undefined>(
    'vscode.executeWorkspaceSymbolProvider',
    name,
  );
  return (found ?? []).filter(
    (symbol) =>
      symbol.name.replace(/\(.*\)$/, '') === name &&
      (container === undefined ||
        containerOf(symbol)
          ?.split(/\.|::|#/)
          .at(-1) === container) &&
      vscode.workspace.getWorkspaceFolder(symbol.location.uri) !== undefined,
  );
}

/** Some extensions provide symbols without a container, although the type requires it. */
function containerOf({ containerName }: { readonly containerName?: string }): string | undefined {
  return containerName;
}

function partsOf(wanted: string): { readonly name: string; readonly container?: string } {
  const parts = wanted.replace(/\(\)$/, '').split(/\.|::|#/);
  const [name = '', container] = parts.toReversed();
  return container === undefined || SELF.includes(container) ? { name } : { name, container };
}

function timeout(milliseconds: number): Promise<readonly []> {
  return new Promise((resolve) => void systemClock.after(milliseconds, () => resolve([])));
}
