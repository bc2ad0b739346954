import * as l10n from '@vscode/l10n';
import { announce } from '../accessibility/live-region';
import { element, icon } from './dom';

/** A button that shows only an icon, with a label for its tooltip and for screen readers. */
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

/**
 * Sets whether a button can be used. Unlike a disabled button, an unavailable one keeps the focus.
 *
 * @param reason shown as the tooltip of an unavailable button
 */
export function setAvailable(button: HTMLButtonElement, available: boolean, reason?: string): void {
  button.setAttribute('aria-disabled', String(!available));
  const label = button.getAttribute('aria-label') ?? '';
  button.title = available ? label : (reason ?? label);
}

export function isAvailable(button: HTMLButtonElement): boolean {
  return button.getAttribute('aria-disabled') !== 'true';
}

/** Time for which a button confirms that it has copied. */
const CONFIRMATION_MS = 1500;

/** A button that copies something and confirms it, visibly and to screen readers. */
export function copyButton(label: string, copy: () => void): HTMLButtonElement {
  const button = iconButton('copy', label, () => {
    copy();
    announce(l10n.t('Copied'));
    const glyph = button.firstElementChild;
    glyph?.classList.replace('codicon-copy', 'codicon-check');
    setTimeout(() => glyph?.classList.replace('codicon-check', 'codicon-copy'), CONFIRMATION_MS);
  });
  return button;
}
