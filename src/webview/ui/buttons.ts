import * as l10n from '@vscode/l10n';
import { announce } from '../accessibility/live-region';
import { element, icon } from './dom';

/** A button with an icon alone, named for tooltips and screen readers. */
export function iconButton(
  iconName: string,
  label: string,
  onClick: (event: MouseEvent) => void,
): HTMLButtonElement {
  const button = element(
    'button',
    { type: 'button', class: 'icon-button', title: label, 'aria-label': label },
    icon(iconName),
  );
  button.addEventListener('click', onClick);
  return button;
}

/** A button that can do nothing now keeps the focus, unlike a disabled one, and says why. */
export function setAvailable(button: HTMLButtonElement, available: boolean, otherwise?: string): void {
  button.setAttribute('aria-disabled', String(!available));
  const label = button.getAttribute('aria-label') ?? '';
  button.title = available ? label : (otherwise ?? label);
}

export function isAvailable(button: HTMLButtonElement): boolean {
  return button.getAttribute('aria-disabled') !== 'true';
}

/** Milliseconds for which a button says that it has copied. */
const confirmation = 1500;

/** A button that copies, and says that it has. */
export function copyButton(label: string, copy: () => void): HTMLButtonElement {
  const button = iconButton('copy', label, () => {
    copy();
    announce(l10n.t('Copied'));
    const glyph = button.firstElementChild;
    glyph?.classList.replace('codicon-copy', 'codicon-check');
    setTimeout(() => glyph?.classList.replace('codicon-check', 'codicon-copy'), confirmation);
  });
  return button;
}
