import * as l10n from '@vscode/l10n';
import type { TurnView } from '../../protocol/messages';
import { isAvailable, setAvailable, iconButton } from '../ui/buttons';
import { element } from '../ui/dom';

/** Buttons to the previous and the next version of a question. */
export interface VersionSwitch {
  readonly element: HTMLElement;
  setRunning(running: boolean): void;
}

export function createVersionSwitch(
  { number, total }: NonNullable<TurnView['version']>,
  select: (step: 1 | -1) => void,
): VersionSwitch {
  const srOnly = element(
    'span',
    { class: 'sr-only', id: crypto.randomUUID() },
    l10n.t('{0} of {1}', number, total),
  );
  const visible = element('span', { class: 'version', 'aria-hidden': 'true' }, `${number}/${total}`);

  function stepButton(icon: string, label: string, step: 1 | -1): HTMLButtonElement {
    const button = iconButton(icon, label, () => {
      if (isAvailable(button)) select(step);
    });
    button.setAttribute('aria-describedby', srOnly.id);
    return button;
  }

  const previous = stepButton('chevron-left', l10n.t('Previous Version'), -1);
  const next = stepButton('chevron-right', l10n.t('Next Version'), 1);
  return {
    element: element('div', { class: 'versions' }, previous, visible, srOnly, next),
    setRunning(running) {
      const reason = running ? l10n.t('An answer is in progress') : undefined;
      setAvailable(previous, !running && number > 1, reason);
      setAvailable(next, !running && number < total, reason);
    },
  };
}
