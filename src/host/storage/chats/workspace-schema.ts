import * as v from 'valibot';
import type { ChatWorkspace } from '../../../core/chat/stored-chat';
import { exactly } from '../../../protocol/schema-helpers';

export const chatWorkspaceSchema = exactly<ChatWorkspace>()(
  v.object({
    id: v.string(),
    name: v.string(),
    folders: v.array(v.string()),
  }),
);
