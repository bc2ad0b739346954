import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { createChatView, type ChatView } from '../../src/host/views/chat-view';
import { createUnseenAnswers, type UnseenAnswers } from '../../src/host/views/unseen-answers';

describe('The badge of the chat view', () => {
  const gone = new vscode.EventEmitter<void>();
  let chat: ChatView;
  let unseen: UnseenAnswers;
  let view: vscode.WebviewView;

  beforeEach(() => {
    unseen = createUnseenAnswers();
    chat = createChatView(
      {
        open: ({ onDidDispose }) => void onDidDispose(() => undefined),
        whenReady: () => assert.fail('unexpected call'),
      },
      unseen,
    );
    view = { badge: undefined, onDidDispose: gone.event } as unknown as vscode.WebviewView;
  });

  it('counts the answers that the user could not see, and goes when the chat is shown', () => {
    chat.resolve(view);
    assert.equal(view.badge, undefined);
    unseen.add();
    assert.deepEqual(view.badge, { value: 1, tooltip: '1 new answer' });
    unseen.add();
    assert.deepEqual(view.badge, { value: 2, tooltip: '2 new answers' });
    unseen.clear();
    assert.equal(view.badge, undefined);
  });

  it('is not set on a view that is gone, and continues on the next one', () => {
    chat.resolve(view);
    gone.fire();
    unseen.add();
    assert.equal(view.badge, undefined);
    chat.resolve(view);
    assert.deepEqual(view.badge, { value: 1, tooltip: '1 new answer' });
  });
});
