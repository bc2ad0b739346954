import { l10n } from 'vscode';
import {
  characterName,
  codePointLabel,
  type HiddenCharacter,
} from '../../core/privacy/hidden-characters/hidden-character-names';
import { inspectForHiddenCharacters } from '../../core/privacy/hidden-characters/find-hidden-characters';
import { formatMessage } from '../../core/text/untrusted-text';
import type { CodeBlock } from '../../core/text/fences/fence';
import { showDialog } from '../notifications';
import { yieldNow } from '../time-slices';

/**
 * The actions in which code, or a commit message, leaves the conversation, so that hidden characters must be
 * confirmed.
 */
export type HiddenCharacterAction =
  'insert' | 'replace' | 'compare' | 'open' | 'copy' | 'message' | 'terminal';

/** Kinds of hidden characters that the dialog lists, because its height is limited. */
const MAX_NAMED = 8;
/** Line numbers that the dialog lists for each kind. */
const MAX_LINES = 5;

/**
 * Lists the hidden characters of code and asks what to do with them. Does not ask if there are none.
 *
 * @returns the text that the user agrees to; undefined when the user cancels
 */
export async function confirmHiddenCharacters(
  text: string,
  action: HiddenCharacterAction,
): Promise<string | undefined> {
  const { hidden, cleaned } = await inspectForHiddenCharacters(text, yieldNow);
  if (hidden.length === 0) return text;
  const { without, anyway } = buttonsOf(action);
  const unchanged = anyway === undefined ? [] : [anyway];
  const choice = await showDialog({
    severity: 'warning',
    text: action === 'message' ? l10n.t('The commit message contains hidden characters.') : titleOf(hidden),
    detail: detailOf(text, hidden, action, cleaned === undefined ? undefined : without),
    // Enter presses the first button.
    buttons: cleaned === undefined ? unchanged : [without, ...unchanged],
  });
  if (choice === undefined) return undefined;
  return choice === without ? cleaned : text;
}

/** Does the same as `confirmHiddenCharacters` for a code block. */
export async function confirmBlock(
  block: CodeBlock,
  action: HiddenCharacterAction,
): Promise<CodeBlock | undefined> {
  const code = await confirmHiddenCharacters(block.code, action);
  return code === undefined ? undefined : { code, language: block.language };
}

/** A terminal acts on control characters, so they are never sent to it. */
function buttonsOf(action: HiddenCharacterAction): { readonly without: string; readonly anyway?: string } {
  switch (action) {
    case 'insert':
    case 'message':
      return { without: l10n.t('Clean Up and Insert'), anyway: l10n.t('Insert Anyway') };
    case 'replace':
      return { without: l10n.t('Clean Up and Replace'), anyway: l10n.t('Replace Anyway') };
    case 'compare':
      return { without: l10n.t('Clean Up and Compare'), anyway: l10n.t('Compare Anyway') };
    case 'open':
      return { without: l10n.t('Clean Up and Open'), anyway: l10n.t('Open Anyway') };
    case 'copy':
      return { without: l10n.t('Clean Up and Copy'), anyway: l10n.t('Copy Anyway') };
    case 'terminal':
      return { without: l10n.t('Clean Up and Send') };
  }
}

function titleOf(hidden: readonly HiddenCharacter[]): string {
  const lookAlikes = hidden.filter(({ kind }) => kind === 'look-alike').length;
  if (lookAlikes === 0) return l10n.t('The code contains hidden characters.');
  if (lookAlikes === hidden.length) return l10n.t('The code contains look-alike letters.');
  return l10n.t('The code contains hidden characters and look-alike letters.');
}

/**
 * @param without the label of the button that leaves the hidden characters out; undefined if there is no such button
 */
function detailOf(
  text: string,
  hidden: readonly HiddenCharacter[],
  action: HiddenCharacterAction,
  without: string | undefined,
): string {
  const explanation =
    action === 'message'
      ? l10n.t('The message may not be what it appears to be.')
      : l10n.t('The code may behave differently from how it looks.');
  const choice =
    without === undefined
      ? ''
      : formatMessage(
          l10n.t(
            '"{0}" removes invisible characters and replaces look-alike letters with the letters that they resemble.',
          ),
          [without],
        );
  return [listOf(text, hidden).join('\n'), [explanation, choice].join(' ').trim()].join('\n\n');
}

function listOf(text: string, hidden: readonly HiddenCharacter[]): readonly string[] {
  const groups = [...Map.groupBy(hidden, ({ codePoint }) => codePoint).values()];
  const lineOf = lineCounter(text);
  const lines = groups.slice(0, MAX_NAMED).map((group) => describe(group, lineOf));
  const rest = groups.length - MAX_NAMED;
  return rest > 0 ? [...lines, l10n.t('and {0} more', rest)] : lines;
}

/** Such as "U+202E Right-to-Left Override: lines 3, 5". */
function describe(group: readonly HiddenCharacter[], lineOf: (index: number) => number): string {
  const [first] = group;
  if (!first) return '';
  const lines = [...new Set(group.slice(0, 100).map(({ index }) => lineOf(index)))];
  const shown = lines.slice(0, MAX_LINES).join(', ') + (lines.length > MAX_LINES ? ' …' : '');
  const label = `${codePointLabel(first.codePoint)} ${characterName(first)}`;
  if (first.kind === 'look-alike' && first.replacement !== undefined) {
    const text =
      lines.length > 1
        ? l10n.t('{0}, looks like "{1}": lines {2}')
        : l10n.t('{0}, looks like "{1}": line {2}');
    return formatMessage(text, [label, first.replacement, shown]);
  }
  return formatMessage(lines.length > 1 ? l10n.t('{0}: lines {1}') : l10n.t('{0}: line {1}'), [label, shown]);
}

/** Numbers lines from 1. */
function lineCounter(text: string): (index: number) => number {
  const breaks: number[] = [];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) breaks.push(at);
  return (index) => {
    let [low, high] = [0, breaks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((breaks[middle] ?? Infinity) < index) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}
