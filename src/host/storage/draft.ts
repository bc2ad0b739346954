import * as v from 'valibot';
import type { Clock } from '../../core/clock';
import type { ChatFolder } from './chat-files';
import { readReplaced, replaceFile } from './replace-file';
import { createWriter } from './writer';

/** The question that is being written, kept while the panel is hidden and over a reload of the window. */
export interface Draft {
  text: string;
  /** Whether the selection goes with it. */
  withSelection: boolean;
  /** What else goes with it, as host/attach knows to read it. */
  references: readonly unknown[];
  /** Questions that were asked in this window, oldest first. */
  asked: readonly string[];
  /** Resolves when it is written. */
  flush(): Promise<void>;
}

/** Not .json: that is what chats are. */
const name = 'draft.cache';

/** Milliseconds of typing that a crash may cost. */
const saveInterval = 300;

const format = v.object({
  text: v.string(),
  withSelection: v.boolean(),
  references: v.array(v.unknown()),
  asked: v.array(v.string()),
});
type Kept = v.InferOutput<typeof format>;

/** Not in a memento: what the window has not yet written of those is lost when it is loaded anew. */
export async function openDraft({ uri, fs, log }: ChatFolder, clock: Clock): Promise<Draft> {
  const writer = createWriter(saveInterval, clock, log, (draft: Kept) =>
    replaceFile(uri, name, JSON.stringify(draft), fs),
  );
  // Mostly there is none yet; one that is broken has nothing to be kept.
  let kept = await readReplaced(uri, name, fs)
    .then((text) => v.parse(format, JSON.parse(text)))
    .catch(() => nothing);
  const put = (change: Partial<Kept>): void => {
    kept = { ...kept, ...change };
    writer.put(kept);
  };
  return {
    flush: () => writer.flush(),
    get text() {
      return kept.text;
    },
    set text(text) {
      put({ text });
    },
    get withSelection() {
      return kept.withSelection;
    },
    set withSelection(withSelection) {
      put({ withSelection });
    },
    get references() {
      return kept.references;
    },
    set references(references) {
      put({ references: [...references] });
    },
    get asked() {
      return kept.asked;
    },
    set asked(asked) {
      put({ asked: [...asked] });
    },
  };
}

const nothing: Kept = { text: '', withSelection: false, references: [], asked: [] };
