import { element as create } from './dom';
import { whenNear, type WhenNear } from './near';

/** A part of the page that holds many others. */
export interface Chapter {
  readonly element: HTMLElement;
  /** For what is in it, which is looked for only once the chapter is near: to look for thousands takes a frame. */
  readonly whenNear: WhenNear;
}

/** Chapters one after the other, as many as what is in them needs. */
export interface Chapters {
  /** One with room for another part at this end. */
  at(end: 'beginning' | 'end'): Chapter;
  /** Takes away those with nothing in them. */
  tidy(): void;
}

/** Parts of a chapter. */
const most = 32;

function createChapter(): Chapter {
  const element = create('div', { class: 'chapter' });
  let waiting: Parameters<WhenNear>[] | undefined = [];
  whenNear(element, () => {
    for (const inside of waiting ?? []) whenNear(...inside);
    waiting = undefined;
  });
  return {
    element,
    whenNear(...inside) {
      if (waiting) waiting.push(inside);
      else whenNear(...inside);
    },
  };
}

export function createChapters(root: HTMLElement): Chapters {
  let chapters: readonly Chapter[] = [];
  return {
    at(end) {
      const last = chapters.at(-1)?.element;
      const there = chapters.at(end === 'beginning' ? 0 : -1);
      if (there && there.element.childElementCount < most) return there;
      // A browser that skipped it earlier would remember the height that it had with fewer parts.
      there?.element.classList.add('full');
      const chapter = createChapter();
      chapters = end === 'beginning' ? [chapter, ...chapters] : [...chapters, chapter];
      root.insertBefore(chapter.element, end === 'end' && last ? last.nextSibling : root.firstChild);
      return chapter;
    },
    tidy() {
      const empty = chapters.filter(({ element }) => !element.hasChildNodes());
      for (const { element } of empty) element.remove();
      chapters = chapters.filter((chapter) => !empty.includes(chapter));
    },
  };
}
