import { isElectron, isMac } from '../ui/platform';
import { redo, textFieldOf, undo } from './text-field';

type EditCommand = 'undo' | 'redo' | 'cut' | 'copy' | 'paste' | 'selectAll';

/**
 * Dispatched on the focused element before undo; bubbles. A listener that undoes something other than text must prevent the
 * default.
 */
export const UNDO_EVENT = 'panel-undo';

/**
 * Handles the keys that edit text in the page. VS Code forwards the keys of a webview to its keybindings, where undo acts
 * on the active editor if that is a custom editor, and on the active text editor until VS Code knows that the webview
 * has the focus.
 *
 * Must be called before any other listener is added, except that for the keys of input methods.
 *
 * @param selectAll selects the conversation if no text field has the focus
 */
export function handleEditKeys(selectAll: () => void): void {
  const listener = (event: KeyboardEvent): void => {
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
      // On macOS, a key that is not handled here runs the command of the menu of VS Code.
      event.preventDefault();
      nativeCommand(command);
    }
  };
  addEventListener('keydown', listener, { capture: true });
  // VS Code runs commands of its menus in a webview with this function.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  document.execCommand = (command, ...options) => {
    if (command !== 'undo' && command !== 'redo') return nativeCommand(command, ...options);
    run(command);
    return true;
  };
}

type ExecCommand = (name: string, showUi?: boolean, value?: string) => boolean;

/** This command is deprecated, but nothing else copies and pastes as the key does. */
// eslint-disable-next-line @typescript-eslint/no-deprecated
const nativeCommand: ExecCommand = document.execCommand.bind(document);

function run(command: 'undo' | 'redo'): void {
  const target = document.activeElement ?? document.body;
  const field = textFieldOf(target);
  if (command === 'redo') return field && redo(field);
  const undoEvent = new Event(UNDO_EVENT, { bubbles: true, cancelable: true });
  if (target.dispatchEvent(undoEvent) && field) undo(field);
}

/** The command of a key in a text field on this platform. */
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

/** The letter of a key. On a layout without Latin letters, it is the letter at the same position of a Latin keyboard. */
function letterOf({ key, code }: KeyboardEvent): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  return /^[\x20-\x7e]$/.test(key) ? '' : (/^Key([A-Z])$/.exec(code)?.[1] ?? '').toLowerCase();
}
