import { post } from '../host';

/**
 * Has the host ask before it opens a link, by whatever button or key. VS Code listens too, at the window, and would
 * open some at once.
 */
export function guardLinks(root: HTMLElement): void {
  for (const type of ['click', 'auxclick'] as const) {
    root.addEventListener(type, (event) => {
      const link = linkAt(event);
      if (!link) return;
      event.preventDefault();
      event.stopPropagation();
      if (type === 'click' || event.button === middle) post({ type: 'openLink', url: link.href });
    });
  }
  // Where it leads, not what the answer says of it.
  for (const type of ['pointerover', 'focusin']) {
    root.addEventListener(type, (event) => {
      const link = linkAt(event);
      if (link) link.title = link.href;
    });
  }
}

const middle = 1;

function linkAt({ target }: Event): HTMLAnchorElement | null {
  return target instanceof Element ? target.closest('a') : null;
}
