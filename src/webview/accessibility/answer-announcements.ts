import { element } from '../ui/dom';
import { language } from '../ui/number-format';
import { runInTimeSlices } from '../rendering/scheduler';
import { createSentenceReader } from './sentences';

/** Says a text while it grows: whole sentences, each once, for those who hear it. */
export interface Voice {
  readonly element: HTMLElement;
  /** Another text, of which this was heard before. */
  begin(heard: string): void;
  /** More of it. */
  add(text: string): void;
  /** Nothing more comes of it, or something may again. */
  setEnded(ended: boolean): void;
}

/** Milliseconds between two announcements: a screen reader that is given more at a time than it can say drops some. */
const pause = 1000;
/** Sentences of one announcement; of more, which nobody can hear in time, these last ones. */
const most = 50;
/** Characters that are read in one go. */
const piece = 2048;

export function createVoice(): Voice {
  const region = element('div', { class: 'sr-only', 'aria-live': 'polite', 'data-spoken': '' });
  let reader = createSentenceReader(language);
  let unread = '';
  /** Characters at its beginning that were heard before. */
  let heard = 0;
  let ended = false;
  let waiting: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function readSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      runInTimeSlices(read);
    }, pause);
  }

  function read(): boolean {
    const text = unread.slice(0, heard > 0 ? Math.min(heard, piece) : piece);
    unread = unread.slice(text.length);
    const sentences = reader.append(text);
    if (heard > 0) heard -= text.length;
    else waiting = [...waiting, ...sentences].slice(-most);
    if (unread !== '') return true;
    if (ended) waiting.push(...reader.finish());
    speak();
    return false;
  }

  function speak(): void {
    if (waiting.length === 0) return;
    // Removed text is not announced, so only new text is kept.
    region.replaceChildren(...waiting.map((sentence) => element('p', { dir: 'auto' }, sentence)));
    waiting = [];
  }

  return {
    element: region,
    begin(text) {
      reader = createSentenceReader(language);
      [unread, heard, ended, waiting] = [text, text.length, false, []];
    },
    add(text) {
      unread += text;
      readSoon();
    },
    setEnded(now) {
      ended = now;
      if (ended) readSoon();
    },
  };
}
