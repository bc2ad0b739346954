import type { AttachmentKind } from '../../core/prompt/attachment';
import type { AttachmentEntry } from './attachment-entry';

/** The codicon of each kind of attachment: on chips, in the list of Attach and in completions. */
export const ATTACHMENT_ICONS = {
  file: 'file',
  selection: 'list-selection',
  surroundings: 'bracket',
  symbol: 'symbol-method',
  problems: 'warning',
  changes: 'git-compare',
  terminal: 'terminal',
  paste: 'clippy',
} as const satisfies Record<AttachmentKind | Exclude<AttachmentEntry['kind'], 'snapshot'>, string>;

/** The codicons of the items of Attach that attach several files. */
export const PICKER_ICONS = { files: 'files', openEditors: 'window' } as const;

/** The codicon of completions that are prompts. */
export const PROMPT_ICON = 'comment';

export function iconOf(entry: AttachmentEntry): string {
  return ATTACHMENT_ICONS[entry.kind === 'snapshot' ? entry.attachment.kind : entry.kind];
}
