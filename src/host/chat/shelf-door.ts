import type { Attachment } from '../../core/prompt/attachment';
import type { AttachRequest, ToWebviewMessage } from '../../protocol/messages';
import type { Draft } from '../storage/draft';

/** What goes with the question that is being written, beside the selection. */
export interface Shelf {
  receive(request: AttachRequest, reply: (message: ToWebviewMessage) => void): void;
  /** Looks at everything anew, and tells the panel how it is. */
  refresh(): void;
  /** All of it that could be sent when it was looked at last: what its chips show. */
  read(): Promise<readonly Attachment[]>;
  /** All of it to be sent, by id; undefined where something cannot be, which the user is told. */
  take(): Promise<ReadonlyMap<string, Attachment> | undefined>;
  remove(ids: Iterable<string>): void;
  removeUnusable(): Promise<void>;
  dispose(): void;
}

/** What goes with the question; its code is loaded when there is something, or is to be. */
export interface ShelfDoor {
  /** Whether there may be something behind it. */
  readonly inUse: boolean;
  open(): Promise<Shelf>;
  /** Tells the pages how everything is, where there is something. */
  refresh(): void;
  dispose(): void;
}

export function createShelfDoor(draft: Draft, load: () => Promise<Shelf>): ShelfDoor {
  let shelf: Promise<Shelf> | undefined;
  const door: ShelfDoor = {
    get inUse() {
      return shelf !== undefined || draft.kept.references.length > 0 || draft.kept.withSelection;
    },
    open: () => (shelf ??= load()),
    refresh() {
      if (door.inUse) void door.open().then((opened) => opened.refresh());
    },
    dispose: () => void shelf?.then((opened) => opened.dispose()),
  };
  return door;
}
