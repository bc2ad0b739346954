import * as l10n from '@vscode/l10n';
import { announce } from '../accessibility/live-region';
import { iconButton } from './dom';

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
