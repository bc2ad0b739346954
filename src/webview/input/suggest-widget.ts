import type { CompletionView } from '../../protocol/messages';
import { createCompletionList } from './completion-list';
import { post, request } from '../host';
import { replaceText } from './text-field';
import { typedWord, type TypedWord } from './completion-trigger';

/** Completes words in the question box with attachments and prompts. */
export interface SuggestWidget {
  readonly element: HTMLElement;
}

const NOT_TYPED: ReadonlySet<string> = new Set(['insertReplacementText', 'historyUndo', 'historyRedo']);

/** Must be called before other key listeners are added to the box: keys that the open list uses are not passed on. */
export function createSuggestWidget(box: HTMLTextAreaElement): SuggestWidget {
  const list = createCompletionList(box, accept);
  let word: TypedWord | undefined;
  /** The start of the word for which the user has closed the list. */
  let dismissed: number | undefined;

  function close(): void {
    word = undefined;
    list.show([]);
  }

  function update(): void {
    const { selectionStart, selectionEnd, value } = box;
    const next = selectionStart === selectionEnd ? typedWord(value, selectionStart) : undefined;
    if (!next) dismissed = undefined;
    if (!next || next.start === dismissed) return close();
    const { prompts, typed, start } = next;
    if (word?.start === start && word.typed === typed && word.prompts === prompts) return;
    word = next;
    complete(next).catch(() => undefined);
  }

  /** Shows the entries that are found quickly, and adds the symbols, which take longer. */
  async function complete(requested: TypedWord): Promise<void> {
    const { prompts, typed } = requested;
    const items = await request({ type: 'getCompletions', prompts, typed });
    if (word !== requested) return;
    list.show(items);
    if (prompts) return;
    const symbols = await request({ type: 'completeSymbols', typed });
    if (word === requested && symbols.length > 0) list.show([...items, ...symbols]);
  }

  function accept(item: CompletionView | undefined): void {
    if (!item || !word) return;
    const { start, typed } = word;
    close();
    replaceText(box, start, start + 1 + typed.length, item.text ?? '');
    if (item.text === undefined) post({ type: 'acceptCompletion', item: item.id });
  }

  function dismiss(): void {
    dismissed = word?.start;
    close();
  }

  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => list.step(1),
    ArrowUp: () => list.step(-1),
    Enter: () => accept(list.active),
    Tab: () => accept(list.active),
    Escape: dismiss,
  };

  box.addEventListener('keydown', (event) => {
    const action = keys[event.key];
    if (!action || !list.active || event.shiftKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    action();
  });
  // Only typing opens the list.
  box.addEventListener('input', ({ inputType }) => (NOT_TYPED.has(inputType) ? close() : update()));
  box.addEventListener('click', update);
  box.addEventListener('keyup', ({ key }) => {
    if (key.startsWith('Arrow') || key === 'Home' || key === 'End') update();
  });
  box.addEventListener('blur', close);

  return { element: list.element };
}
