import * as vscode from 'vscode';
import type { Attachment } from '../../core/prompt/attachment';
import { attachmentText } from '../../core/prompt/messages';
import type { TokenCounter } from '../../core/tokens/count';
import type { AttachedItemView } from '../../protocol/messages';
import { formatCount } from '../number-format';
import {
  iconOf,
  shortLabelOf,
  titleOf,
  type AttachmentEntry,
  type ResolvedAttachment,
  type ResolvedEntry,
} from './attachment-entry';
import type { AttachmentResolver } from './attachment-resolver';

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
    const reading = { resolved: resolve(entry), size: readings.get(entry.id)?.size ?? UNKNOWN_SIZE };
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
    sizeOf: ({ id }) => readings.get(id)?.size ?? UNKNOWN_SIZE,
    async usable(entries) {
      const resolved = await Promise.all(
        entries.map((entry) => (readings.get(entry.id) ?? start(entry)).resolved),
      );
      return resolved.flatMap((one) => (one.kind === 'usable' ? [one.attachment] : []));
    },
    current: (entries) => Promise.all(entries.map(async (entry) => [entry, await resolve(entry)] as const)),
  };
}

/** The part of a chip that is only known once the attachment was read. */
interface AttachmentSize {
  /** Such as "120 tokens"; empty until they are counted. */
  readonly tokens: string;
  /** Why the attachment cannot be sent; absent where it can. */
  readonly problem?: string;
}

const UNKNOWN_SIZE: AttachmentSize = { tokens: '' };

async function sizeOf(resolved: ResolvedAttachment, counter: TokenCounter): Promise<AttachmentSize> {
  if (resolved.kind === 'unusable') return { tokens: '', problem: resolved.reason };
  return { tokens: await countTokens([resolved.attachment], counter) };
}

/** Such as "120 tokens". */
export async function countTokens(
  attachments: readonly Attachment[],
  counter: TokenCounter,
): Promise<string> {
  const text = attachments.map(attachmentText).join('\n\n');
  return vscode.l10n.t('{0} tokens', formatCount(await counter.count(text)));
}

/** An entry as its chip shows it. */
export function viewOf(entry: AttachmentEntry, { tokens, problem }: AttachmentSize): AttachedItemView {
  return {
    id: entry.id,
    icon: iconOf(entry),
    label: shortLabelOf(entry),
    title: titleOf(entry),
    tokens,
    ...(problem !== undefined && { problem }),
    pasted: entry.kind === 'snapshot' && entry.attachment.kind === 'paste',
  };
}
