import * as v from 'valibot';
import type { Attachment, AttachmentKind } from '../../../core/prompt/attachment';
import { exactly, oneOf } from '../../../protocol/schema-helpers';

const optional = v.exactOptional;

const lines = v.pipe(
  v.array(v.number()),
  v.guard((list): list is [number, number] => list.length === 2),
);

export const attachmentSchema = exactly<Attachment>()(
  v.object({
    kind: oneOf<AttachmentKind>({
      selection: true,
      surroundings: true,
      file: true,
      symbol: true,
      problems: true,
      changes: true,
      terminal: true,
      paste: true,
    }),
    label: v.string(),
    language: v.string(),
    content: v.string(),
    source: optional(
      v.object({
        uri: v.string(),
        realPath: optional(v.string()),
        lines: optional(lines),
        column: optional(v.number()),
      }),
    ),
  }),
);
