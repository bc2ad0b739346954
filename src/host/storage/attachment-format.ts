import * as v from 'valibot';
import type { Attachment, AttachmentKind } from '../../core/prompt/attachment';

const optional = v.exactOptional;

const lines = v.pipe(v.array(v.number()), v.guard(isPair));

function isPair(list: readonly number[]): list is [number, number] {
  return list.length === 2;
}

const attachmentKinds = [
  'selection',
  'file',
  'symbol',
  'problems',
  'changes',
  'terminal',
  'paste',
] as const satisfies readonly AttachmentKind[];

export const attachmentFormat: v.GenericSchema<unknown, Attachment> = v.object({
  kind: v.picklist(attachmentKinds),
  label: v.string(),
  language: v.string(),
  content: v.string(),
  source: optional(v.object({ uri: v.string(), realPath: optional(v.string()), lines: optional(lines) })),
});
