import { passFocus } from './focus';

/**
 * Draws, and leaves the focus on what takes the place of what had it: of the same turn, or of another version of
 * it, which has another name and stands in the same place. Without such a thing the conversation has it.
 */
export function keepFocus(log: HTMLElement, draw: () => void): void {
  const focused = document.activeElement;
  if (!(focused instanceof HTMLElement) || focused === log || !log.contains(focused)) return draw();
  const place = placeOf(log, focused);
  const caret =
    focused instanceof HTMLTextAreaElement && ([focused.selectionStart, focused.selectionEnd] as const);
  draw();
  if (focused.checkVisibility()) return;
  const successor = place && findAt(log, place);
  passFocus(successor ?? log);
  if (caret && successor instanceof HTMLTextAreaElement) successor.setSelectionRange(...caret);
}

interface Place {
  readonly turnId: string;
  /** The index of its turn. */
  readonly at: number;
  /** The name that it has for screen readers. */
  readonly label: string;
}

function placeOf(log: HTMLElement, focused: HTMLElement): Place | undefined {
  const turn = focused.closest<HTMLElement>('[data-turn]');
  const label = focused.getAttribute('aria-label');
  const turnId = turn?.dataset['turn'];
  if (!turn || label === null || turnId === undefined) return undefined;
  return { turnId, at: turnsIn(log).indexOf(turn), label };
}

function findAt(log: HTMLElement, { turnId, at, label }: Place): HTMLElement | undefined {
  const turns = turnsIn(log);
  const turn = turns.find(({ dataset }) => dataset['turn'] === turnId) ?? turns[at];
  const named = [...(turn?.querySelectorAll<HTMLElement>('[aria-label]') ?? [])];
  return named.find((element) => element.getAttribute('aria-label') === label && element.checkVisibility());
}

function turnsIn(log: HTMLElement): readonly HTMLElement[] {
  return [...log.querySelectorAll<HTMLElement>('[data-turn]')];
}
