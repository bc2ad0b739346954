import * as l10n from '@vscode/l10n';
import { grammarNamed, languageNamed } from '../../../protocol/languages';
import type { CodeAction } from '../../../protocol/messages';
import { copyButton, iconButton } from '../../ui/buttons';
import type { HiddenCharacter } from '../../../core/privacy/hidden-character';
import { element, icon } from '../../ui/dom';
import { post } from '../../host';
import { formatCount } from '../../ui/l10n';
import { createToolbar } from '../../ui/toolbar';
import { holdPiles } from './code-lines';
import type { Detector } from './hidden-characters';
import { markHiddenCharacters, namesOf } from './hidden-character-marks';
import { highlight } from './highlight';

/** Lines that are shown whole; of more, only the first ones are, until the others are asked for. */
const mostLines = 30;

/**
 * Puts a heading with the language and the buttons on each code block of a part of an answer, folds the long ones,
 * and colours them. What comes while the answer is being written stays unfolded: it is being read.
 */
export function drawCodeBlocks(root: HTMLElement): void {
  const itself = root.matches('.code-block') ? [root] : [];
  for (const block of [...itself, ...root.querySelectorAll<HTMLElement>('.code-block')]) {
    const code = block.querySelector('code');
    const pre = block.querySelector('pre');
    if (!code || !pre) continue;
    const language = block.dataset['language'] ?? '';
    const text = code.textContent;
    const lines = linesOf(text);
    const head = heading(block, text, language, lines);
    block.prepend(head);
    pre.tabIndex = 0;
    holdPiles(code);
    markHiddenCharacters(code, (found, detector) => warn(head, found, detector));
    if (lines > mostLines) block.append(fold(block, lines));
    highlight(code, language === '' ? '' : grammarNamed(language));
  }
}

function heading(block: HTMLElement, text: string, language: string, lines: number): HTMLElement {
  const name = languageNamed(language)?.name ?? (language || l10n.t('Text'));
  const count = lines === 1 ? l10n.t('1 line') : l10n.t('{0} lines', formatCount(lines));
  return element(
    'div',
    { class: 'code-heading' },
    element('span', { class: 'code-language', title: name }, name),
    element('span', { class: 'code-count' }, count),
    toolbar(block, text, language),
  );
}

/** Says in the heading that there are hidden characters: they may be far from what is seen of the code. */
function warn(heading: HTMLElement, found: readonly HiddenCharacter[], detector: Detector): void {
  const count =
    found.length === 1
      ? l10n.t('1 hidden character')
      : l10n.t('{0} hidden characters', formatCount(found.length));
  const words = element('span', { class: 'words' }, count);
  const warning = element(
    'span',
    { class: 'code-hidden', title: namesOf(found, detector) },
    icon('warning'),
    words,
  );
  heading.querySelector('[role=toolbar]')?.before(warning);
}

/** A line break at the end begins no line. */
function linesOf(text: string): number {
  return text.split('\n').length - (text === '' || text.endsWith('\n') ? 1 : 0);
}

function toolbar(block: HTMLElement, code: string, language: string): HTMLElement {
  const button = (icon: string, label: string, action: CodeAction): HTMLButtonElement =>
    iconButton(icon, label, () =>
      post({ type: action, code, language: language.toLowerCase().slice(0, 100) }),
    );
  const copy = copyButton(l10n.t('Copy'), () => post({ type: 'copy', text: code }));
  const buttons = [
    wrapToggle(block),
    copy,
    button('insert', l10n.t('Insert at Cursor'), 'insert'),
    button('replace', l10n.t('Replace Selection'), 'replaceSelection'),
    button('new-file', l10n.t('Open in New File'), 'openInNewFile'),
    button('diff', l10n.t('Compare'), 'compare'),
  ];
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

/** The button that folds a block and unfolds it. The code stays there, for the search and the selection too. */
function fold(block: HTMLElement, lines: number): HTMLButtonElement {
  const button = element('button', { type: 'button', class: 'code-fold' });
  function show(folded: boolean): void {
    block.classList.toggle('folded', folded);
    button.ariaExpanded = String(!folded);
    button.textContent = folded ? l10n.t('Show all {0} lines', formatCount(lines)) : l10n.t('Show less');
  }
  button.addEventListener('click', () => {
    show(!block.classList.contains('folded'));
    // Folding code above would move the button out of view.
    button.scrollIntoView({ block: 'nearest' });
  });
  show(!answerIsComing());
  return button;
}

function answerIsComing(): boolean {
  return document.querySelector('.status[data-kind="running"]') !== null;
}
