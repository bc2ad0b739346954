import * as vscode from 'vscode';
import { withLineFeeds } from '../../../core/text/line-breaks';
import { hostUri } from '../host-uri';

const CELL_SCHEME = 'vscode-notebook-cell';

export function isCell({ scheme }: vscode.Uri): boolean {
  return scheme === CELL_SCHEME;
}

/** The cell of a document in an open notebook. */
export function cellOf(uri: vscode.Uri): vscode.NotebookCell | undefined {
  if (!isCell(uri)) return undefined;
  return cellsOf(vscode.workspace.notebookDocuments).find(({ document }) => isSame(document.uri, uri));
}

/** "cell 3 (Python)" */
export function cellName({ index, kind, document: { languageId } }: vscode.NotebookCell): string {
  const id = kind === vscode.NotebookCellKind.Markup ? 'markdown' : languageId;
  return vscode.l10n.t('cell {0} ({1})', index + 1, languageName(id));
}

/** The names of languages in notebooks that are not their identifier with a capital letter. */
const LANGUAGE_NAMES: ReadonlyMap<string, string> = new Map([
  ['csharp', 'C#'],
  ['fsharp', 'F#'],
  ['html', 'HTML'],
  ['javascript', 'JavaScript'],
  ['powershell', 'PowerShell'],
  ['shellscript', 'Shell'],
  ['sql', 'SQL'],
  ['typescript', 'TypeScript'],
]);

/** Beside the table of all languages, which the code of the chat does not need otherwise. */
function languageName(id: string): string {
  return LANGUAGE_NAMES.get(id) ?? id.charAt(0).toUpperCase() + id.slice(1);
}

/** The cell that is selected in the active editor, if that is a notebook. */
export function selectedCell(): vscode.NotebookCell | undefined {
  const editor = vscode.window.activeNotebookEditor;
  const { notebook, selection } = editor ?? {};
  return notebook && selection && selection.start < notebook.cellCount
    ? notebook.cellAt(selection.start)
    : undefined;
}

/** A document that was found again. */
export interface ReopenedDocument {
  readonly document: vscode.TextDocument;
  /** False if the cell was searched for by its code, and it is not the only one with this code. */
  readonly isCertain: boolean;
}

/**
 * Finds a cell again after its notebook was closed, or after it was moved by cut and paste. Its URI is not stable: VS
 * Code numbers the cells again whenever it opens a notebook, so the cell is found by its content.
 *
 * @param isFollowed whether the document of the cell has been open ever since; then the URI is right
 */
export async function reopenCell(
  uri: vscode.Uri,
  content: string,
  isFollowed: boolean,
): Promise<ReopenedDocument | undefined> {
  const open = cellOf(uri);
  if (open && isFollowed) return { document: open.document, isCertain: true };
  const notebook = open?.notebook ?? (await openNotebook(containerUri(uri)));
  const code = withLineFeeds(content);
  const cells = (notebook?.getCells() ?? []).filter((cell) => textOf(cell).includes(code));
  const found = cells.find((cell) => textOf(cell) === code) ?? cells[0] ?? open;
  return found && { document: found.document, isCertain: cells.length === 1 };
}

async function openNotebook(uri: vscode.Uri): Promise<vscode.NotebookDocument | undefined> {
  return vscode.workspace.openNotebookDocument(uri).then(undefined, () => undefined);
}

function textOf({ document }: vscode.NotebookCell): string {
  return withLineFeeds(document.getText());
}

/** The notebook that a cell belongs to, or belonged to when the notebook was open. Any other document contains itself. */
export function containerUri(uri: vscode.Uri): vscode.Uri {
  if (!isCell(uri)) return uri;
  const open = cellOf(uri);
  if (open) return open.notebook.uri;
  // VS Code keeps the scheme in the fragment, in base64 behind an `s`.
  const [, encoded = ''] = /s([A-Za-z0-9+/=_-]+)$/.exec(uri.fragment) ?? [];
  const scheme = decode(encoded);
  const isScheme = /^[a-z][a-z0-9+.-]*$/.test(scheme);
  return hostUri(uri.with({ scheme: isScheme ? scheme : 'file', fragment: '' }));
}

function decode(base64: string): string {
  try {
    return atob(base64);
  } catch {
    return '';
  }
}

function cellsOf(notebooks: readonly vscode.NotebookDocument[]): readonly vscode.NotebookCell[] {
  return notebooks.flatMap((notebook) => notebook.getCells());
}

function isSame(one: vscode.Uri, other: vscode.Uri): boolean {
  return one.toString() === other.toString();
}
