import * as vscode from 'vscode';
import type { Clock } from '../../core/clock';
import { createWriter } from './writer';

/** The question that is being written, kept while the panel is hidden and over a reload of the window. */
export interface Draft {
  text: string;
  /** Resolves when it is written. */
  flush(): Promise<void>;
}

/** Milliseconds of typing that a crash may cost. */
const saveInterval = 300;

/** Not in a memento: what the window has not yet written of those is lost when it is loaded anew. */
export async function openDraft(
  folder: vscode.Uri,
  clock: Clock,
  log: vscode.LogOutputChannel,
): Promise<Draft> {
  const file = vscode.Uri.joinPath(folder, 'draft.txt');
  const { fs } = vscode.workspace;
  const read = async (): Promise<string> => new TextDecoder().decode(await fs.readFile(file));
  const writer = createWriter(saveInterval, clock, log, async (draft: string) => {
    await fs.writeFile(file, new TextEncoder().encode(draft));
  });
  let text = await read().catch(() => '');
  return {
    flush: () => writer.flush(),
    get text() {
      return text;
    },
    set text(next) {
      text = next;
      writer.put(next);
    },
  };
}
