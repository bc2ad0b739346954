import assert from 'node:assert/strict';
import { emptyConversation, reduce, type Conversation, type Turn } from '../../../src/core/chat/conversation';
import { toMessages } from '../../../src/core/prompt/messages';

function turns(...exchanges: readonly (readonly [string, string])[]): readonly Turn[] {
  const start: Conversation = emptyConversation('c');
  return exchanges.reduce((conversation, [question, answer], index) => {
    const asked = reduce(conversation, {
      type: 'asked',
      turnId: `${index}`,
      question: { text: question },
      at: 0,
    });
    return reduce(asked, { type: 'answer', event: { type: 'text', index: 0, text: answer }, at: 0 });
  }, start).turns;
}

describe('The messages of a question', () => {
  it('contain the earlier turns first', () => {
    assert.deepEqual(toMessages(turns(['One?', '1']), { text: 'Two?' }, ''), [
      { role: 'user', content: 'One?' },
      { role: 'assistant', content: '1' },
      { role: 'user', content: 'Two?' },
    ]);
  });

  it('leave out unanswered questions', () => {
    assert.deepEqual(toMessages(turns(['One?', '']), { text: 'Two?' }, ''), [
      { role: 'user', content: 'Two?' },
    ]);
  });

  it('contain the name of the user if one is set', () => {
    const [message] = toMessages([], { text: 'Hello' }, 'ada');
    assert.deepEqual(message, { role: 'user', content: 'Hello', name: 'ada' });
  });

  it('contain the attachments with their labels, in a fence that they cannot close', () => {
    const code = 'a = "```"\n````\nb = 2';
    const attachments = [{ kind: 'file', label: 'src/a.py:3-5', language: 'python', content: code }] as const;
    const [message] = toMessages([], { text: 'Why?', attachments }, '');
    assert.equal(message?.content, `Why?\n\nsrc/a.py:3-5\n\`\`\`\`\`python\n${code}\n\`\`\`\`\``);
  });
});
