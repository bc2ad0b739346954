import { lazy } from '../../core/lazy';
import type { ChatAttachmentModel } from '../attachments/attachment-model';
import type { Draft } from '../storage/draft-store';

/** What goes with the question; its code is loaded when there is something, or is to be. */
export interface ShelfDoor {
  /** Whether there may be something behind it. */
  readonly inUse: boolean;
  open(): Promise<ChatAttachmentModel>;
  /** Reads everything again and tells the webviews, where there is something. */
  refresh(): void;
  /** Another selection may be attached. */
  selectionChanged(): void;
  dispose(): void;
}

export function createShelfDoor(draft: Draft, load: () => Promise<ChatAttachmentModel>): ShelfDoor {
  let shelf: ChatAttachmentModel | undefined;
  const open = lazy(async () => (shelf = await load()));
  // What is shown of attachments is not worth a message: whoever sends them is told.
  const tell = (change: (opened: ChatAttachmentModel) => void): void => {
    if (door.inUse) open().then(change, () => undefined);
  };
  const door: ShelfDoor = {
    get inUse() {
      return shelf !== undefined || draft.kept.references.length > 0 || draft.kept.withSelection;
    },
    open,
    refresh: () => tell((opened) => opened.refresh()),
    selectionChanged: () => tell((opened) => opened.selectionChanged()),
    dispose: () => shelf?.dispose(),
  };
  return door;
}
