import * as l10n from '@vscode/l10n';
import { grammarNamed, languageNamed } from '../../../protocol/languages';
import type { CodeBlockAction } from '../../../protocol/messages';
import { copyButton, iconButton } from '../../ui/buttons';
import type { HiddenCharacter } from '../../../core/privacy/hidden-characters/hidden-character-names';
import { element, icon } from '../../ui/dom';
import { post } from '../../host';
import { formatCount } from '../../ui/l10n';
import { createToolbar } from '../../ui/toolbar';
import { clipStackedMarksInCode } from './code-lines';
import type { HiddenCharacterDetector } from './hidden-character-guard';
import { markHiddenCharacters, describeCharacters } from './hidden-character-marks';
import { highlight } from './highlight';

/** Code blocks with more lines are collapsed. */
const MAX_UNFOLDED_LINES = 30;

/** Code of the reasoning can be copied, but not inserted. */
export type AvailableActions = 'all' | 'copy';

/**
 * Completes the code blocks in a part of an answer: adds a heading with language and buttons, collapses long ones, and
 * highlights the code. Blocks of an answer in progress stay expanded, because the user may be reading them.
 */
export function renderCodeBlocks(root: HTMLElement, actions: AvailableActions = 'all'): void {
  const itself = root.matches('.code-block') ? [root] : [];
  for (const block of [...itself, ...root.querySelectorAll<HTMLElement>('.code-block')]) {
    const code = block.querySelector('code');
    const pre = block.querySelector('pre');
    if (!code || !pre) continue;
    const language = block.dataset['language'] ?? '';
    const text = code.textContent;
    const lines = lineCount(text);
    const head = heading(block, text, language, actions);
    block.prepend(head);
    pre.tabIndex = 0;
    clipStackedMarksInCode(code);
    markHiddenCharacters(code, (found, detector) => addWarning(head, found, detector));
    if (lines > MAX_UNFOLDED_LINES) block.append(fold(block, lines));
    highlight(code, language === '' ? '' : grammarNamed(language));
  }
}

function heading(block: HTMLElement, text: string, language: string, actions: AvailableActions): HTMLElement {
  const lines = lineCount(text);
  const name = nameOf(language);
  const count = lines === 1 ? l10n.t('1 line') : l10n.t('{0} lines', formatCount(lines));
  return element(
    'div',
    { class: 'code-heading' },
    element('span', { class: 'code-language', title: name }, name),
    element('span', { class: 'code-count' }, count),
    toolbar(block, text, language, actions),
  );
}

/** The name of the language, or the info string if that says more: `ts:src/app.ts`. */
function nameOf(language: string): string {
  const known = languageNamed(language)?.name;
  return known !== undefined && !/[/:]/.test(language) ? known : language || l10n.t('Text');
}

/** Adds a warning about hidden characters to the heading, because they may be in a part that is not visible. */
function addWarning(
  heading: HTMLElement,
  found: readonly HiddenCharacter[],
  detector: HiddenCharacterDetector,
): void {
  const count =
    found.length === 1
      ? l10n.t('1 hidden character')
      : l10n.t('{0} hidden characters', formatCount(found.length));
  const text = element('span', { class: 'warning-text' }, count);
  const warning = element(
    'span',
    { class: 'hidden-characters-warning', title: describeCharacters(found, detector) },
    icon('warning'),
    text,
  );
  heading.querySelector('[role=toolbar]')?.before(warning);
}

/** The number of lines. A line break at the end does not begin another line. */
function lineCount(text: string): number {
  return text.split('\n').length - (text === '' || text.endsWith('\n') ? 1 : 0);
}

function toolbar(block: HTMLElement, code: string, language: string, actions: AvailableActions): HTMLElement {
  const button = (icon: string, label: string, action: CodeBlockAction): HTMLButtonElement =>
    iconButton(icon, label, () => {
      const turnId = block.closest<HTMLElement>('[data-turn]')?.dataset['turn'];
      post({
        type: action,
        code,
        language: language.toLowerCase().slice(0, 100),
        ...(turnId !== undefined && { turnId }),
      });
    });
  const copy = copyButton(l10n.t('Copy'), () => post({ type: 'copy', text: code }));
  const editing = (): readonly HTMLButtonElement[] => [
    button('insert', l10n.t('Insert at Cursor'), 'insert'),
    button('replace', l10n.t('Replace Selection'), 'replaceSelection'),
    button('new-file', l10n.t('Open in New File'), 'openInNewFile'),
    button('diff', l10n.t('Compare'), 'compare'),
    button('ellipsis', l10n.t('More Actions…'), 'moreActions'),
  ];
  const buttons = [wrapToggle(block), copy, ...(actions === 'all' ? editing() : [])];
  return createToolbar(l10n.t('Code actions'), buttons, copy).element;
}

function wrapToggle(block: HTMLElement): HTMLButtonElement {
  const toggle = iconButton('word-wrap', l10n.t('Wrap Lines'), () => {
    const wrapped = block.classList.toggle('wrapped');
    toggle.ariaPressed = String(wrapped);
  });
  toggle.ariaPressed = 'false';
  return toggle;
}

/** The button that collapses a block. Collapsed code can still be found and selected. */
function fold(block: HTMLElement, lines: number): HTMLButtonElement {
  const button = element('button', { type: 'button', class: 'code-fold' });
  function show(folded: boolean): void {
    block.classList.toggle('folded', folded);
    button.ariaExpanded = String(!folded);
    button.textContent = folded ? l10n.t('Show all {0} lines', formatCount(lines)) : l10n.t('Show less');
  }
  button.addEventListener('click', () => {
    show(!block.classList.contains('folded'));
    // Collapsing would move the button out of view.
    button.scrollIntoView({ block: 'nearest' });
  });
  show(!isAnswerInProgress());
  return button;
}

function isAnswerInProgress(): boolean {
  return document.querySelector('.status[data-kind="running"]') !== null;
}
