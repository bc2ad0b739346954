import * as v from 'valibot';
import type { Clock } from '../../core/clock';
import type { EditView } from '../../protocol/messages';
import type { ChatFolder } from './chat-files';
import { readReplaced, replaceFile } from './replace-file';
import { createWriter } from './writer';

/** What is being written, kept while the panel is hidden and over a reload of the window. */
export interface Draft {
  readonly kept: Kept;
  readonly keep: (change: Partial<Kept>) => void;
  /** Resolves when it is written. */
  readonly flush: () => Promise<void>;
}

interface Kept {
  /** The question in the box. */
  readonly text: string;
  /** Whether the selection goes with it. */
  readonly withSelection: boolean;
  /** What else goes with it, as host/attach knows to read it. */
  readonly references: readonly unknown[];
  /** Questions that were asked in this window, oldest first. */
  readonly asked: readonly string[];
  /** Questions of the conversation that are being edited, the latest last. */
  readonly edits: readonly EditView[];
}

/** Not .json: that is what chats are. */
const name = 'draft.cache';

/** Milliseconds of typing that a crash may cost. */
const saveInterval = 300;

const nothing: Kept = { text: '', withSelection: false, references: [], asked: [], edits: [] };

const format = v.object({
  text: v.string(),
  withSelection: v.boolean(),
  references: v.array(v.unknown()),
  asked: v.array(v.string()),
  // Drafts of before have none.
  edits: v.exactOptional(v.array(v.object({ turnId: v.string(), text: v.string() }))),
});

/** Not in a memento: what the window has not yet written of those is lost when it is loaded anew. */
export async function openDraft({ uri, fs, log }: ChatFolder, clock: Clock): Promise<Draft> {
  const { put, flush } = createWriter(saveInterval, clock, log, (draft: Kept) =>
    replaceFile(uri, name, JSON.stringify(draft), fs),
  );
  // Mostly there is none yet; one that is broken has nothing to be kept.
  let kept = await readReplaced(uri, name, fs)
    .then((text): Kept => ({ ...nothing, ...v.parse(format, JSON.parse(text)) }))
    .catch(() => nothing);
  return {
    get kept() {
      return kept;
    },
    keep: (change) => put((kept = { ...kept, ...change })),
    flush,
  };
}
