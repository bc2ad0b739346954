import { lazy } from '../../core/lazy';
import { textFieldOf } from '../input/text-field';
import { whenIdle } from '../rendering/scheduler';
import { reportError } from '../ui/error-reporting';
import { findActionOf } from './find-keys';
import type { FindWidget } from './find-widget';

/**
 * Opens the find widget with Ctrl+F and moves with F3, before VS Code, to which a webview forwards its keys, runs Find of
 * the editor. The widget is loaded when the browser is idle: if Ctrl+F had to wait for it, the first characters that are
 * typed then would be written into the question box.
 *
 * @param container the element that the widget is added to
 */
export function registerFind(
  container: HTMLElement,
  log: HTMLElement,
  onMove: () => void,
  onClose: () => void,
): void {
  let widget: FindWidget | undefined;

  const load = lazy(async () => {
    const { createFindWidget } = await import('./find-widget');
    widget = createFindWidget(log, onMove, onClose);
    container.prepend(widget.element);
    return widget;
  });

  function open(): void {
    load().then(
      (loaded) => loaded.open(),
      (error: unknown) => reportError('Find', error),
    );
  }

  /** Closes the widget with Escape. The focus stays where it is. */
  function closes(event: KeyboardEvent): boolean {
    if (event.key !== 'Escape' || event.defaultPrevented || widget?.isOpen !== true || isHidden())
      return false;
    event.preventDefault();
    event.stopImmediatePropagation();
    widget.close();
    return true;
  }

  addEventListener(
    'keydown',
    (event) => {
      const isInLog = event.target instanceof Node && log.contains(event.target);
      if (isInLog && !textFieldOf(event.target) && closes(event)) return;
      const action = findActionOf(event);
      if (!action || isHidden()) return;
      if (action !== 'open' && widget?.isOpen !== true) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (action === 'open') open();
      else widget?.step(action === 'next' ? 1 : -1);
    },
    { capture: true },
  );
  whenIdle(() => void load().catch(() => undefined));
  // If the focus is elsewhere, Escape first closes other open parts, such as the suggestions of the question box or
  // the editor of a question.
  addEventListener('keydown', (event) => void closes(event));
}

/** Whether the list of chats is shown instead of the conversation. It has a search of its own. */
function isHidden(): boolean {
  return document.body.dataset['page'] === 'history';
}
