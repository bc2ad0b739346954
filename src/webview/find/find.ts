import { lazy } from '../../core/lazy';
import { reportError } from '../ui/error-reporting';
import { isMac } from '../ui/platform';
import type { FindWidget } from './find-widget';

/**
 * Opens Find by its key, also where the editor's own would be meant otherwise: VS Code forwards the keys of a webview.
 * The widget is loaded when it is first asked for.
 *
 * @param host what the widget is put into
 */
export function offerFind(
  host: HTMLElement,
  log: HTMLElement,
  onMove: () => void,
  onClose: () => void,
): void {
  let widget: FindWidget | undefined;

  const load = lazy(async () => {
    const { createFindWidget } = await import('./find-widget');
    widget = createFindWidget(log, onMove, onClose);
    host.prepend(widget.element);
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
