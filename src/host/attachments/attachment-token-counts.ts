import * as vscode from 'vscode';
import type { Attachment } from '../../core/prompt/attachment';
import { attachmentText } from '../../core/prompt/messages';
import type { TokenCounter } from '../../core/tokens/count';
import type { AttachedView } from '../../protocol/messages';
import { formatCount } from '../number-format';
import {
  iconOf,
  shortLabelOf,
  titleOf,
  type AttachmentEntry,
  type ResolvedAttachment,
} from './attachment-entry';

/** The part of a chip that is only known once the attachment was read. */
export interface AttachmentSize {
  /** Such as "120 tokens"; empty until they are counted. */
  readonly tokens: string;
  /** Why the attachment cannot be sent; absent where it can. */
  readonly problem?: string;
}

export const unknownSize: AttachmentSize = { tokens: '' };

export async function sizeOf(resolved: ResolvedAttachment, counter: TokenCounter): Promise<AttachmentSize> {
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
export function viewOf(entry: AttachmentEntry, { tokens, problem }: AttachmentSize): AttachedView {
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
