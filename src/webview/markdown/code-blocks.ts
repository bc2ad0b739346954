import { element, iconButton } from '../dom';
import { post } from '../host';
import { highlight } from './highlight';

/** Milliseconds for which a button says that it has copied. */
const confirmation = 1500;

/** Puts a heading with the language and the buttons on each code block of a part of an answer, and colours it. */
export function drawCodeBlocks(root: HTMLElement): void {
  const itself = root.matches('.code-block') ? [root] : [];
  for (const block of [...itself, ...root.querySelectorAll<HTMLElement>('.code-block')]) {
    const code = block.querySelector('code');
    if (!code) continue;
    const language = block.dataset['language'] ?? '';
    const text = code.textContent;
    const name = element('span', { class: 'code-language' }, language || 'text');
    block.prepend(element('div', { class: 'code-heading' }, name, toolbar(text, language)));
    block.querySelector('pre')?.setAttribute('tabindex', '0');
    highlight(code, language.toLowerCase());
  }
}

function toolbar(code: string, language: string): HTMLElement {
  const copy = iconButton('copy', 'Copy', () => {
    post({ type: 'copy', text: code });
    confirm(copy);
  });
  const insert = iconButton('insert', 'Insert at Cursor', () =>
    post({ type: 'insert', code, language: language.toLowerCase().slice(0, 100) }),
  );
  return element('div', { role: 'toolbar', 'aria-label': 'Code actions' }, copy, insert);
}

function confirm(button: HTMLButtonElement): void {
  const glyph = button.firstElementChild;
  glyph?.classList.replace('codicon-copy', 'codicon-check');
  setTimeout(() => glyph?.classList.replace('codicon-check', 'codicon-copy'), confirmation);
}
