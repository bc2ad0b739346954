import * as vscode from 'vscode';
import type { Attachment } from '../../core/prompt/attachment';
import { attachmentText } from '../../core/prompt/messages';
import type { TokenCounter } from '../../core/tokens/token-counter';
import type { AttachedItemView } from '../../protocol/messages';
import { formatCount } from '../number-format';
import {
  shortLabelOf,
  titleOf,
  type AttachmentEntry,
  type ResolvedAttachment,
  type ResolvedEntry,
} from './attachment-entry';
import { iconOf } from './attachment-icons';
import type { AttachmentResolver } from './attachment-resolver';

/** The last read of each attachment. An attachment is read again only when `reread` names it. */
export interface AttachmentCache {
  /** Reads these again; resolves when the details of their chips are known. */
  reread(entries: readonly AttachmentEntry[]): Promise<void>;
  /** Forgets all entries but these. */
  keep(entries: readonly AttachmentEntry[]): void;
  detailsOf(entry: AttachmentEntry): ChipDetails;
  /** The attachments as last read. New ones are read now, and those that cannot be read are left out. */
  usable(entries: readonly AttachmentEntry[]): Promise<readonly Attachment[]>;
  /** Reads all attachments again, to send their current content. */
  current(entries: readonly AttachmentEntry[]): Promise<readonly ResolvedEntry[]>;
}

interface AttachmentRead {
  readonly resolved: Promise<ResolvedAttachment>;
  readonly details: ChipDetails;
}

export function createAttachmentCache(resolve: AttachmentResolver, counter: TokenCounter): AttachmentCache {
  const reads = new Map<string, AttachmentRead>();

  function start(entry: AttachmentEntry): AttachmentRead {
    // The chip shows its last details until the new ones are known.
    const details = reads.get(entry.id)?.details ?? UNKNOWN_DETAILS;
    const read = { resolved: resolve(entry), details };
    reads.set(entry.id, read);
    return read;
  }

  async function measure({ id }: AttachmentEntry, read: AttachmentRead): Promise<void> {
    const details = await detailsOf(await read.resolved, counter);
    // A later read has its own details.
    if (reads.get(id) === read) reads.set(id, { ...read, details });
  }

  return {
    async reread(entries) {
      await Promise.all(entries.map((entry) => measure(entry, start(entry))));
    },
    keep(entries) {
      const ids = new Set(entries.map(({ id }) => id));
      for (const id of reads.keys()) if (!ids.has(id)) reads.delete(id);
    },
    detailsOf: ({ id }) => reads.get(id)?.details ?? UNKNOWN_DETAILS,
    async usable(entries) {
      const resolved = await Promise.all(
        entries.map((entry) => (reads.get(entry.id) ?? start(entry)).resolved),
      );
      return resolved.flatMap((one) => (one.kind === 'usable' ? [one.attachment] : []));
    },
    current: (entries) => Promise.all(entries.map(async (entry) => [entry, await resolve(entry)] as const)),
  };
}

/** The part of a chip that is only known once the attachment was read. */
interface ChipDetails {
  /** Such as "120 tokens"; empty until they are counted. */
  readonly tokens: string;
  /** Why the attachment cannot be sent; absent if it can. */
  readonly reason?: string;
}

const UNKNOWN_DETAILS: ChipDetails = { tokens: '' };

async function detailsOf(resolved: ResolvedAttachment, counter: TokenCounter): Promise<ChipDetails> {
  if (resolved.kind === 'unusable') return { tokens: '', reason: resolved.reason };
  return { tokens: await tokenCountLabel([resolved.attachment], counter) };
}

/** Such as "120 tokens". */
export async function tokenCountLabel(
  attachments: readonly Attachment[],
  counter: TokenCounter,
): Promise<string> {
  const text = attachments.map(attachmentText).join('\n\n');
  return vscode.l10n.t('{0} tokens', formatCount(await counter.count(text)));
}

/** An entry as its chip shows it. */
export function attachedItemView(entry: AttachmentEntry, { tokens, reason }: ChipDetails): AttachedItemView {
  return {
    id: entry.id,
    icon: iconOf(entry),
    label: shortLabelOf(entry),
    title: titleOf(entry),
    tokens,
    ...(reason !== undefined && { reason }),
    pasted: entry.kind === 'snapshot' && entry.attachment.kind === 'paste',
  };
}
