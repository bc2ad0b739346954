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
  let shelf: Promise<ChatAttachmentModel> | undefined;
  const door: ShelfDoor = {
    get inUse() {
      return shelf !== undefined || draft.kept.references.length > 0 || draft.kept.withSelection;
    },
    open: () => (shelf ??= load()),
    refresh() {
      if (door.inUse) void door.open().then((opened) => opened.refresh());
    },
    selectionChanged() {
      if (door.inUse) void door.open().then((opened) => opened.selectionChanged());
    },
    dispose: () => void shelf?.then((opened) => opened.dispose()),
  };
  return door;
}
