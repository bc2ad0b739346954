import { lazy } from '../../core/lazy';
import { reportError } from '../ui/error-reporting';
import { isMac } from '../ui/platform';
import type { FindWidget } from './find-widget';

/**
 * Opens the find widget with Ctrl+F and moves with F3, before VS Code, to which a webview forwards its keys, runs Find of
 * the editor. The widget is loaded on first use.
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

  addEventListener(
    'keydown',
    (event) => {
      const action = actionOf(event);
      if (!action || document.body.dataset['page'] === 'history') return;
      if (action !== 'open' && widget?.isOpen !== true) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (action === 'open') open();
      else widget?.step(action === 'next' ? 1 : -1);
    },
    { capture: true },
  );
}

function actionOf({
  key,
  ctrlKey,
  metaKey,
  altKey,
  shiftKey,
}: KeyboardEvent): 'open' | 'next' | 'previous' | undefined {
  const command = (isMac ? metaKey : ctrlKey) && !altKey;
  if (command && !shiftKey && key.toLowerCase() === 'f') return 'open';
  const again =
    (key === 'F3' && !ctrlKey && !metaKey && !altKey) || (isMac && command && key.toLowerCase() === 'g');
  return again ? (shiftKey ? 'previous' : 'next') : undefined;
}
