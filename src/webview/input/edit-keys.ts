import { isElectron, isMac } from '../ui/platform';
import { redo, textFieldOf, undo } from './text-field';

type EditCommand = 'undo' | 'redo' | 'cut' | 'copy' | 'paste' | 'selectAll';

/**
 * Sent to the element that has the focus before something is undone. Who has something to undo that is no text does it
 * and prevents the default. Bubbles.
 */
export const UNDO_EVENT = 'panel-undo';

/**
 * Keeps keys that edit text within the page. VS Code forwards the keys of a webview to its own key bindings, where undo
 * acts on the active editor if that is a custom editor, and on the active text editor until the webview is known to
 * have the focus. Keys of an input method are kept from everyone: Enter and Escape are part of the composition.
 *
 * To be called before any other listener is added.
 *
 * @param selectAll selects all that can be read, when no text field has the focus
 */
export function keepEditKeys(selectAll: () => void): void {
  const listener = (event: KeyboardEvent): void => {
    if (isOfInputMethod(event)) return event.stopImmediatePropagation();
    if (event.type === 'keyup') return;
    const command = editCommandOf(event);
    if (!command) return;
    event.stopImmediatePropagation();
    const field = textFieldOf(event.target);
    if (command === 'undo' || command === 'redo') {
      event.preventDefault();
      run(command);
    } else if (command === 'selectAll' && !field) {
      event.preventDefault();
      selectAll();
    } else if (isElectron && isMac) {
      // A key that is left to the system there runs the command of VS Code's menu.
      event.preventDefault();
      nativeCommand(command);
    }
  };
  for (const type of ['keydown', 'keyup'] as const) addEventListener(type, listener, { capture: true });
  // VS Code runs the commands of its menus in the page in this way.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  document.execCommand = (command, ...options) => {
    if (command !== 'undo' && command !== 'redo') return nativeCommand(command, ...options);
    run(command);
    return true;
  };
}

type ExecCommand = (name: string, showUi?: boolean, value?: string) => boolean;

/** Deprecated, and the only way to copy or paste as a key does. */
// eslint-disable-next-line @typescript-eslint/no-deprecated
const nativeCommand: ExecCommand = document.execCommand.bind(document);

function run(command: 'undo' | 'redo'): void {
  const target = document.activeElement ?? document.body;
  const field = textFieldOf(target);
  if (command === 'redo') return field && redo(field);
  const asked = new Event(UNDO_EVENT, { bubbles: true, cancelable: true });
  if (target.dispatchEvent(asked) && field) undo(field);
}

/**
 * In Safari a composition has ended before the Enter that ended it is heard. Only its key code tells, for which there
 * is no substitute.
 */
// eslint-disable-next-line @typescript-eslint/no-deprecated
function isOfInputMethod({ isComposing, keyCode }: KeyboardEvent): boolean {
  return isComposing || keyCode === 229;
}

/** The action of a key in a text field, on the user's platform. */
function editCommandOf(event: KeyboardEvent): EditCommand | undefined {
  const { key, shiftKey: shift, ctrlKey: ctrl, metaKey: meta, altKey: alt } = event;
  const modifiers = `${ctrl ? 'ctrl ' : ''}${meta ? 'meta ' : ''}${alt ? 'alt ' : ''}`.trim();
  if (modifiers === (isMac ? 'meta' : 'ctrl')) {
    const command = (shift ? withShift : withoutShift)[letterOf(event)];
    if (command) return command;
  }
  if (isMac) return undefined;
  switch (`${modifiers} ${shift ? 'shift ' : ''}${key}`.trim()) {
    case 'shift Insert':
      return 'paste';
    case 'ctrl Insert':
      return 'copy';
    case 'shift Delete':
      return 'cut';
    case 'alt Backspace':
      return 'undo';
    case 'alt shift Backspace':
      return 'redo';
    default:
      return undefined;
  }
}

const withoutShift: Readonly<Record<string, EditCommand | undefined>> = {
  z: 'undo',
  ...(!isMac && { y: 'redo' }),
  x: 'cut',
  c: 'copy',
  v: 'paste',
  a: 'selectAll',
};
const withShift: Readonly<Record<string, EditCommand | undefined>> = { z: 'redo', v: 'paste' };

/** The letter of a key; where the layout has no Latin letters, the one at its place on a keyboard that has them. */
function letterOf({ key, code }: KeyboardEvent): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return /^[\x20-\x7e]$/.test(key) ? '' : (/^Key([A-Z])$/.exec(code)?.[1] ?? '').toLowerCase();
}
