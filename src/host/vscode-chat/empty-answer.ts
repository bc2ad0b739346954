import * as vscode from 'vscode';
import type { ChatEvent } from '../../core/api';
import { formatCount } from '../number-format';

/** Follows the events of an answer, to tell a complete one from one that contains nothing. */
export interface EmptyAnswerCheck {
  add(event: ChatEvent): void;
  /** Throws a `LanguageModelError` if the answer is empty because of the token limit or a content filter. */
  end(): void;
}

/** @param limit the token limit of the request, for services that do not count the tokens of an answer */
export function createEmptyAnswerCheck(limit: number): EmptyAnswerCheck {
  let [isEmpty, finishReason, completionTokens] = [true, '', limit];
  return {
    add(event) {
      switch (event.type) {
        case 'text':
        case 'refusal':
        case 'toolCall':
          isEmpty = false;
          break;
        case 'finished':
          finishReason = event.reason;
          break;
        case 'usage':
          completionTokens = event.usage.completionTokens ?? limit;
          break;
        default:
      }
    },
    end() {
      if (!isEmpty) return;
      if (finishReason === 'content_filter') {
        const text = vscode.l10n.t('The content filter of the service blocked the answer.');
        throw vscode.LanguageModelError.Blocked(text);
      }
      if (finishReason === 'length') {
        throw new vscode.LanguageModelError(
          vscode.l10n.t(
            'The model used all {0} tokens for reasoning; none were left for the answer.',
            formatCount(completionTokens),
          ),
        );
      }
    },
  };
}
