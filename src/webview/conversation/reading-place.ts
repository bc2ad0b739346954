/** What stands at the upper edge of the conversation, by which the place is found again in another layout. */
export interface ReadingPlace {
  readonly turn: string;
  /** The index of the group of blocks within the turn; -1 above the first one. */
  readonly group: number;
  /** The index of the block within its group; -1 where the group is not drawn yet. */
  readonly block: number;
  /** Pixels from the upper edge of the conversation down to that of the block. */
  readonly offset: number;
}

/** Pixels below the upper edge at which a part of the conversation is looked for: between parts there is none. */
const PROBES = [2, 14, 30, 60, 120];

/** The place that is being read; undefined in an empty conversation. */
export function placeIn(log: HTMLElement): ReadingPlace | undefined {
  const { left, top, width } = log.getBoundingClientRect();
  for (const probe of PROBES) {
    for (const part of [0.5, 0.1, 0.9]) {
      const found = document.elementFromPoint(left + width * part, top + probe);
      const turn = found?.closest<HTMLElement>('.turn');
      if (found && turn && log.contains(turn)) return placeOf(turn, found, top);
    }
  }
  return undefined;
}

function placeOf(turn: HTMLElement, found: Element, top: number): ReadingPlace {
  const id = turn.dataset['turn'] ?? '';
  const group = found.closest('.blocks');
  const block = group ? [...group.children].findIndex((child) => child.contains(found)) : -1;
  const index = group ? groupsOf(turn).indexOf(group) : -1;
  const anchor = anchorOf(turn, index, block);
  return { turn: id, group: index, block, offset: anchor.getBoundingClientRect().top - top };
}

/** Scrolls to a place; whether its turn is there. */
export function scrollToPlace(log: HTMLElement, { turn: id, group, block, offset }: ReadingPlace): boolean {
  const turn = log.querySelector(`[data-turn="${CSS.escape(id)}"]`);
  if (!turn) return false;
  const { top } = anchorOf(turn, group, block).getBoundingClientRect();
  log.scrollTop += top - log.getBoundingClientRect().top - offset;
  return true;
}

function anchorOf(turn: Element, group: number, block: number): Element {
  const there = groupsOf(turn)[group];
  return there?.children[block] ?? there ?? turn;
}

function groupsOf(turn: Element): readonly Element[] {
  return [...turn.querySelectorAll('.answer .blocks')];
}
