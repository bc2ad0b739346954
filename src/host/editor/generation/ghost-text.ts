import * as vscode from 'vscode';
import { findHiddenCharacters } from '../../../core/privacy/hidden-characters/find-hidden-characters';
import { codePointLabel } from '../../../core/privacy/hidden-characters/hidden-character-names';
import type { CodeBlock } from '../../../core/text/fences/fence';
import { insertionEdits, indentStyleOf } from '../insertion-edits';

/** Text that is shown at a place in a document, and is not part of the document. */
export interface GhostText {
  readonly range: vscode.Range;
  /** The code so far; undefined while there is none. */
  readonly block: CodeBlock | undefined;
}

/** Shows code in editors as decorations, as it would be inserted. */
export interface GhostTextDecorations {
  /** @param ghost undefined to show none */
  show(editor: vscode.TextEditor, ghost: GhostText | undefined): void;
  dispose(): void;
}

/** Largest number of lines that are shown. Decorations can only stand in the lines that a document has. */
const MAX_SHOWN_LINES = 40;
/** Characters of a line that are shown. */
const MAX_LINE_LENGTH = 200;
/** Longest line of the document to the right of which a line of code is shown, in columns. */
const MAX_COLUMN = 100;

export function createGhostTextDecorations(): GhostTextDecorations {
  // High contrast themes do not define the color of ghost text, and in Dark Modern its contrast is 2.6 to 1.
  const color = new vscode.ThemeColor('descriptionForeground');
  const added = vscode.window.createTextEditorDecorationType({
    after: { color, fontStyle: 'italic' },
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  const replaced = vscode.window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('diffEditor.removedTextBackground'),
    // Also struck through, because high contrast themes do not define this background.
    textDecoration: 'line-through',
  });

  return {
    show(editor, ghost) {
      editor.setDecorations(replaced, ghost && !ghost.range.isEmpty ? [ghost.range] : []);
      editor.setDecorations(added, ghost ? decorationsOf(editor, ghost) : []);
    },
    dispose: () => void vscode.Disposable.from(added, replaced).dispose(),
  };
}

/** The first line stands at the place itself, the others to the right of the lines below. */
function decorationsOf(
  editor: vscode.TextEditor,
  { range, block }: GhostText,
): readonly vscode.DecorationOptions[] {
  const { document, options } = editor;
  if (!block) return [textAt(range.end, vscode.l10n.t('Thinking…'), 1)];
  const style = indentStyleOf(options);
  const selection = new vscode.Selection(range.start, range.end);
  const [edit] = insertionEdits(document, [selection], block, style);
  if (!edit) return [];
  const lines = edit.text.replace(/\n$/, '').split('\n');
  const from = range.end.line;
  const count = Math.min(lines.length, MAX_SHOWN_LINES, document.lineCount - from);
  const shown = [
    ...lines.slice(0, count - 1).map((line) => visibleText(line, style.tabSize)),
    inOneLine(lines.slice(count - 1), style.tabSize),
  ];
  const widths = shown.map((_, index) => width(document.lineAt(from + index).text, style.tabSize));
  const column = Math.min(MAX_COLUMN, Math.max(0, ...widths.slice(1))) + 2;
  return shown.map((text, index) => {
    const at = index === 0 ? range.end : document.lineAt(from + index).range.end;
    return index === 0 ? textAt(at, text, 0) : textAt(at, `│ ${text}`, column - (widths[index] ?? 0));
  });
}

/** Joins the remaining lines of code into one, for the last line of the document. */
function inOneLine([first = '', ...others]: readonly string[], tabSize: number): string {
  let text = first;
  for (const [index, line] of others.entries()) {
    const longer = `${text} ⏎ ${line.trim()}`;
    const rest = others.length - index;
    if (longer.length > MAX_LINE_LENGTH - 40)
      return `${visibleText(text, tabSize)} ${rest === 1 ? vscode.l10n.t('… and 1 more line') : vscode.l10n.t('… and {0} more lines', rest)}`;
    text = longer;
  }
  return visibleText(text, tabSize);
}

function textAt(position: vscode.Position, contentText: string, margin: number): vscode.DecorationOptions {
  return {
    range: new vscode.Range(position, position),
    renderOptions: { after: { contentText, margin: `0 0 0 ${Math.max(0, margin)}ch` } },
  };
}

/**
 * One line as VS Code shows it: with its spaces, tabs as wide as in the document, and hidden characters by number. Of a
 * longer line, the number of the other characters is shown, because Tab inserts them too.
 */
function visibleText(line: string, tabSize: number): string {
  const visible = withVisibleHidden(line.slice(0, MAX_LINE_LENGTH));
  const text = visible.replaceAll('\t', ' '.repeat(tabSize)).replaceAll(' ', '\u00a0');
  const rest = line.length - MAX_LINE_LENGTH;
  if (rest <= 0) return text;
  return `${text} ${rest === 1 ? vscode.l10n.t('… and 1 more character') : vscode.l10n.t('… and {0} more characters', rest)}`;
}

function withVisibleHidden(text: string): string {
  let visible = '';
  let position = 0;
  for (const { index, length, codePoint } of findHiddenCharacters(text)) {
    visible += `${text.slice(position, index)}[${codePointLabel(codePoint)}]`;
    position = index + length;
  }
  return visible + text.slice(position);
}

/** The number of columns of a line; wide characters count as one. */
function width(line: string, tabSize: number): number {
  let columns = 0;
  for (const character of line.slice(0, MAX_LINE_LENGTH)) {
    columns += character === '\t' ? tabSize - (columns % tabSize) : 1;
  }
  return columns;
}
