import type { EditView } from '../../protocol/messages';

/** Questions that are being edited, kept while the panel is hidden or loaded anew. */
export interface Edits {
  readonly all: readonly EditView[];
  /** Without a text it is over. */
  set(turnId: string, text: string | undefined): void;
}

/** Those of chats long gone are not kept forever. */
const mostKept = 20;

export function createEdits(): Edits {
  const open = new Map<string, string>();
  return {
    get all() {
      return [...open].map(([turnId, text]) => ({ turnId, text }));
    },
    set(turnId, text) {
      open.delete(turnId);
      if (text !== undefined) open.set(turnId, text);
      const [oldest] = open.keys();
      if (open.size > mostKept && oldest !== undefined) open.delete(oldest);
    },
  };
}
