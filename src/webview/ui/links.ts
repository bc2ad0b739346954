import { post } from '../host';

/**
 * Opens links through the host, which asks the user first. VS Code itself listens for clicks at the window and would open
 * some links without asking.
 */
export function guardLinks(root: HTMLElement): void {
  for (const type of ['click', 'auxclick'] as const) {
    root.addEventListener(type, (event) => {
      const link = linkAt(event);
      if (!link) return;
      event.preventDefault();
      event.stopPropagation();
      if (type === 'click' || event.button === MIDDLE_BUTTON) post({ type: 'openLink', url: link.href });
    });
  }
  // The tooltip is the address, whatever title the answer gives the link.
  for (const type of ['pointerover', 'focusin']) {
    root.addEventListener(type, (event) => {
      const link = linkAt(event);
      if (link) link.title = link.href;
    });
  }
}

const MIDDLE_BUTTON = 1;

function linkAt({ target }: Event): HTMLAnchorElement | null {
  return target instanceof Element ? target.closest('a') : null;
}
