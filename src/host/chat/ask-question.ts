import type { Question } from '../../core/chat/conversation';
import type { Sessions } from '../../core/chat/sessions';
import { snapshotOf } from '../attachments/attachment-entry';
import type { ChatAttachmentModel } from '../attachments/attachment-model';
import type { ChatService } from './chat-service';
import type { LazyQuestionQueue } from './lazy-question-queue';

export interface AskQuestionServices {
  readonly sessions: Pick<Sessions, 'shown'>;
  readonly chatService: Pick<ChatService, 'sendRequest'>;
  readonly attachments: Pick<ChatAttachmentModel, 'add'>;
  readonly queue: Pick<LazyQuestionQueue, 'load'>;
  readonly bringToFront: () => Promise<{ readonly wasHidden: boolean }>;
  readonly compose: (options: { readonly withSelection: boolean; readonly text: string }) => Promise<void>;
}

/**
 * Sends a question that is not in the question box. It is queued while an answer is in progress. If it is not sent,
 * or if the user has hidden the chat before it was ready, it is put into the box.
 */
export async function askQuestion(
  question: Question,
  { sessions, chatService, attachments, queue, bringToFront, compose }: AskQuestionServices,
): Promise<void> {
  const { wasHidden } = await bringToFront();
  if (!wasHidden) {
    if (sessions.shown.running && (await queue.load()).addQuestion(question)) return;
    if ((await chatService.sendRequest(question)) === 'accepted') return;
  }
  const { text, attachments: attached = [] } = question;
  // The selection may be larger than any snapshot.
  const others = attached.filter(({ kind }) => kind !== 'selection');
  attachments.add(others.map(snapshotOf));
  await compose({ withSelection: others.length < attached.length, text });
}
