import type { CompletionView } from '../../protocol/messages';
import { createCompletionList } from './completion-list';
import { post, request } from '../host';
import { replaceText } from './text-field';
import { typedWord, type TypedWord } from './completion-trigger';

/** What completes a word in the question box: something to attach, or a prompt. */
export interface Completion {
  readonly element: HTMLElement;
}

const notTyped: ReadonlySet<string> = new Set(['insertReplacementText', 'historyUndo', 'historyRedo']);

/** The keys that it takes go no further. */
export function createCompletion(box: HTMLTextAreaElement): Completion {
  const list = createCompletionList(box, accept);
  let word: TypedWord | undefined;
  /** Where the word begins that the user wants no list for. */
  let declined: number | undefined;

  function close(): void {
    word = undefined;
    list.show([]);
  }

  function ask(): void {
    const { selectionStart, selectionEnd, value } = box;
    const next = selectionStart === selectionEnd ? typedWord(value, selectionStart) : undefined;
    if (!next) declined = undefined;
    if (!next || next.start === declined) return close();
    const { prompts, typed, start } = next;
    if (word?.start === start && word.typed === typed && word.prompts === prompts) return;
    word = next;
    complete(next).catch(() => undefined);
  }

  /** Shows what is found at once, and the symbols, which take longer to find, below. */
  async function complete(asked: TypedWord): Promise<void> {
    const { prompts, typed } = asked;
    const items = await request({ type: 'complete', prompts, typed });
    if (word !== asked) return;
    list.show(items);
    if (prompts) return;
    const symbols = await request({ type: 'completeSymbols', typed });
    if (word === asked && symbols.length > 0) list.show([...items, ...symbols]);
  }

  function accept(item: CompletionView | undefined): void {
    if (!item || !word) return;
    const { start, typed } = word;
    close();
    replaceText(box, start, start + 1 + typed.length, item.text ?? '');
    if (item.text === undefined) post({ type: 'acceptCompletion', item: item.id });
  }

  function decline(): void {
    declined = word?.start;
    close();
  }

  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => list.step(1),
    ArrowUp: () => list.step(-1),
    Enter: () => accept(list.active),
    Tab: () => accept(list.active),
    Escape: decline,
  };

  box.addEventListener('keydown', (event) => {
    const action = keys[event.key];
    if (!action || !list.active || event.shiftKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    action();
  });
  // Only a word that is typed asks for completions.
  box.addEventListener('input', ({ inputType }) => (notTyped.has(inputType) ? close() : ask()));
  box.addEventListener('click', ask);
  box.addEventListener('keyup', ({ key }) => {
    if (key.startsWith('Arrow') || key === 'Home' || key === 'End') ask();
  });
  box.addEventListener('blur', close);

  return { element: list.element };
}
