import * as vscode from 'vscode';
import { askAboutCode, type SelectionCommandServices } from './selection-commands';

const sample = `def integer_sqrt(n: int) -> int:
    """Return the largest integer r with r * r <= n."""
    if n < 2:
        return n
    x = 1 << (n.bit_length() + 1) // 2
    while True:
        y = (x + n // x) // 2
        if y >= x:
            return x
        x = y
`;

/** Opens a sample in an unsaved file, and asks for an explanation of it. */
export async function askAboutSample(services: SelectionCommandServices): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'python', content: sample });
  const range = document.validateRange(new vscode.Range(0, 0, document.lineCount, 0));
  await vscode.window.showTextDocument(document, { selection: range, preview: false });
  await askAboutCode('explain', { document, range, diagnostics: [] }, services);
}
