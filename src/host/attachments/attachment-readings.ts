import type { Attachment } from '../../core/prompt/attachment';
import type { TokenCounter } from '../../core/tokens/count';
import type { AttachmentEntry, ResolvedAttachment, ResolvedEntry } from './attachment-entry';
import type { AttachmentResolver } from './attachment-resolver';
import { sizeOf, unknownSize, type AttachmentSize } from './attachment-token-counts';

/** The last reading of each attachment. An attachment is read again only when `reread` names it. */
export interface AttachmentReadings {
  /** Reads these again; resolves when their sizes are known. */
  reread(entries: readonly AttachmentEntry[]): Promise<void>;
  /** Forgets all entries but these. */
  keep(entries: readonly AttachmentEntry[]): void;
  sizeOf(entry: AttachmentEntry): AttachmentSize;
  /** The attachments as they were read last, or are read now for the first time, without those that cannot be. */
  usable(entries: readonly AttachmentEntry[]): Promise<readonly Attachment[]>;
  /** Everything as it is at this moment, to be sent. */
  current(entries: readonly AttachmentEntry[]): Promise<readonly ResolvedEntry[]>;
}

interface Reading {
  readonly resolved: Promise<ResolvedAttachment>;
  readonly size: AttachmentSize;
}

export function createAttachmentReadings(
  resolve: AttachmentResolver,
  counter: TokenCounter,
): AttachmentReadings {
  const readings = new Map<string, Reading>();

  function start(entry: AttachmentEntry): Reading {
    // The chip shows its last size until the new one is known.
    const reading = { resolved: resolve(entry), size: readings.get(entry.id)?.size ?? unknownSize };
    readings.set(entry.id, reading);
    return reading;
  }

  async function measure({ id }: AttachmentEntry, reading: Reading): Promise<void> {
    const size = await sizeOf(await reading.resolved, counter);
    // A later reading has its own size.
    if (readings.get(id) === reading) readings.set(id, { ...reading, size });
  }

  return {
    async reread(entries) {
      await Promise.all(entries.map((entry) => measure(entry, start(entry))));
    },
    keep(entries) {
      const ids = new Set(entries.map(({ id }) => id));
      for (const id of readings.keys()) if (!ids.has(id)) readings.delete(id);
    },
    sizeOf: ({ id }) => readings.get(id)?.size ?? unknownSize,
    async usable(entries) {
      const resolved = await Promise.all(
        entries.map((entry) => (readings.get(entry.id) ?? start(entry)).resolved),
      );
      return resolved.flatMap((one) => (one.kind === 'usable' ? [one.attachment] : []));
    },
    current: (entries) => Promise.all(entries.map(async (entry) => [entry, await resolve(entry)] as const)),
  };
}
