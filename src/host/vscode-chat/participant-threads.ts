import * as vscode from 'vscode';
import type { Conversation } from '../../core/chat/conversation';
import { toConversation, type ImportedExchange } from '../../core/chat/imported-chat';

type History = vscode.ChatContext['history'];

/** The conversations with the participant, as they were after each of its answers. They are kept in memory. */
export interface ParticipantThreads {
  /** The conversation so far, which VS Code may have cut at an earlier question. */
  before(history: History): Conversation;
  /** @returns the ID of the answer, for `find` and for the metadata of the result */
  add(conversation: Conversation): string;
  find(answerId: unknown): Conversation | undefined;
}

/** Answers whose conversations are kept, with those before them. */
const MAX_ANSWERS = 100;

export function createParticipantThreads(newId: () => string): ParticipantThreads {
  const conversations = new Map<string, Conversation>();

  function find(answerId: unknown): Conversation | undefined {
    return typeof answerId === 'string' ? conversations.get(answerId) : undefined;
  }

  return {
    find,
    before(history) {
      // A question that was not sent has no answer, and nothing of it belongs to the thread.
      const known = history
        .map((turn) =>
          turn instanceof vscode.ChatResponseTurn ? find(turn.result.metadata?.['answer']) : undefined,
        )
        .findLast((conversation) => conversation !== undefined);
      // After a reload, the attachments are no longer known.
      return known ?? toConversation({ exchanges: exchangesOf(history) }, newId);
    },
    add(conversation) {
      const id = newId();
      conversations.set(id, conversation);
      for (const oldest of conversations.keys()) {
        if (conversations.size <= MAX_ANSWERS) break;
        conversations.delete(oldest);
      }
      return id;
    },
  };
}

/** Each question with the text of its answer. */
function exchangesOf(history: History): readonly ImportedExchange[] {
  return history.flatMap((turn, index): readonly ImportedExchange[] => {
    const answer = history[index + 1];
    if (!(turn instanceof vscode.ChatRequestTurn) || !(answer instanceof vscode.ChatResponseTurn)) return [];
    return [
      {
        question: turn.prompt || `/${turn.command ?? ''}`,
        attachments: [],
        answer: markdownOf(answer),
        reasoning: '',
        askedAt: 0,
        end: 'done',
        unsupportedContent: '',
      },
    ];
  });
}

function markdownOf({ response }: vscode.ChatResponseTurn): string {
  return response
    .map((part) => (part instanceof vscode.ChatResponseMarkdownPart ? part.value.value : ''))
    .join('');
}
