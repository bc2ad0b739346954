import assert from 'node:assert/strict';
import fc from 'fast-check';
import { reduce, type Conversation, type Turn } from '../../../../src/core/chat/conversation';
import { chatMarkdown, type ExportLabels } from '../../../../src/core/chat/export';
import { findInChat, mayContain } from '../../../../src/core/chat/find-in-chat';
import { listEntryOf } from '../../../../src/core/chat/chat-list-entry';
import { endOfMarkdown } from '../../../../src/core/text/fences/fence';
import {
  asked,
  chatAfter,
  complete,
  failed,
  finished,
  sent,
  defaultTerms,
  text,
  turn,
} from '../../../host/builders';
import { arbitraryChat } from '../../../host/arbitrary-chats';

const labels: ExportLabels = {
  untitled: 'Untitled',
  you: 'You',
  model: 'Answer',
  reasoning: 'Reasoning',
  refused: 'Refused:',
  stopped: 'Stopped.',
  incomplete: 'Incomplete.',
  failed: 'Failed.',
  date: (time) => (time === 0 ? '' : `at ${time}`),
  version: (number, of) => `Version ${number} of ${of}.`,
  answers: (count) => `The last of ${count}.`,
  choice: (number, of) => `Alternative ${number} of ${of}.`,
  summary: (turns) => `Summary of ${turns}`,
};
const markdown = (...turns: readonly Turn[]): string => chatMarkdown({ id: 'c', turns }, labels);

describe('A chat as Markdown', () => {
  it('contains the title, the questions with their attachments, and the answers with their model', () => {
    const attachments = [
      {
        kind: 'file',
        label: 'a.md',
        language: 'markdown',
        content: '```\nx\n```',
        source: { uri: 'file:///home/me/a.md' },
      },
    ] as const;
    const firstTurn = {
      ...turn('Why\n*this*?', 'Because.'),
      askedAt: 5,
      question: { text: 'Why\n*this*?', attachments },
    };
    assert.equal(
      markdown(firstTurn, turn('And?', 'So.')),
      '# Why *this*?\n\n## You\n\n*at 5*\n\nWhy\n*this*?\n\n**a.md**\n\n````markdown\n```\nx\n```\n````\n\n' +
        '## o1-mini\n\nBecause.\n\n## You\n\nAnd?\n\n## o1-mini\n\nSo.\n',
    );
  });

  it('closes an open fence of an answer, so that the text after it does not become code', () => {
    const open = {
      ...chatAfter([asked('Code?'), sent(), text('~~~~c\nint x;'), failed({ kind: 'truncated' })]),
    };
    const [incompleteTurn] = open.turns;
    assert.ok(incompleteTurn);
    assert.ok(
      markdown(incompleteTurn, turn('Next?', 'Yes.')).includes(
        '~~~~c\nint x;\n~~~~\n\n*Incomplete.*\n\n## You',
      ),
    );
  });

  it('leaves no fence open in any chat', () => {
    fc.assert(
      fc.property(arbitraryChat, (chat) => {
        assert.notEqual(endOfMarkdown(chatMarkdown({ ...chat, title: 'x' }, labels)).kind, 'code');
      }),
      { numRuns: 300 },
    );
  });

  it('states what it does not contain: other versions, answers and alternatives', () => {
    let chat: Conversation = chatAfter([
      asked('One?'),
      sent(),
      { type: 'reasoning', index: 0, text: 'Hm.' },
      text('First'),
      text('Second', 1),
      { type: 'refusal', index: 0, text: 'I will not\nsay.' },
      finished('stop'),
      complete,
      { type: 'retried', terms: defaultTerms },
      text('Again'),
      text('Other', 1),
      complete,
    ]);
    const question = { text: 'Two?' };
    chat = reduce(chat, { type: 'edited', turnId: 'One?', newTurnId: 't2', question, at: 9 });
    chat = reduce(chat, { type: 'answer', at: 10, event: complete });
    const edited = chatMarkdown(chat, labels);
    assert.match(edited, /\*Version 2 of 2\.\*/);
    assert.doesNotMatch(edited, /One\?/);
    const before = chatMarkdown(reduce(chat, { type: 'versionSelected', turnId: 't2', step: -1 }), labels);
    assert.match(before, /\*Version 1 of 2\.\*[^]*\*The last of 2\.\*[^]*\*Alternative 1 of 2\.\*[^]*Again/);
  });

  it('collapses reasoning and quotes refusals', () => {
    const chat = chatAfter([
      asked('One?'),
      sent(),
      { type: 'reasoning', index: 0, text: 'Hm.' },
      { type: 'refusal', index: 0, text: 'I will not\nsay.' },
      complete,
    ]);
    assert.match(
      chatMarkdown(chat, labels),
      /<details><summary>Reasoning<\/summary>\n\nHm\.\n\n<\/details>\n\n\*\*Refused:\*\*\n\n> I will not\n> say\.\n$/,
    );
  });
});

describe('Searching a chat', () => {
  it('ignores case, also after letters whose length changes', () => {
    const found = findInChat({ id: 'c', turns: [turn('İİİ the NEEDLE here', '')] }, 'needle');
    assert.deepEqual(found, { before: 'İİİ the ', found: 'NEEDLE', after: ' here' });
  });

  const sameText: readonly (readonly [string, string, string])[] = [
    ['an i with a dot', 'Haritada İSTANBUL nerede?', 'istanbul'],
    ['an i with a dot, in the query', 'istanbul', 'İstanbul'],
    ['an i without a dot', 'ISPARTA', 'ısparta'],
    ['a sharp s', 'Die Straße', 'STRASSE'],
    ['two s for a sharp s', 'DIE STRASSE', 'straße'],
    ['a final sigma', 'ΟΔΟΣ', 'οδος'],
    ['a sigma that is typed as a final one', 'οδοσήμανση', 'ΟΔΟΣ'],
    ['composed accents', 'Caf\u00e9', 'cafe\u0301'],
    ['combining accents', 'Cafe\u0301', 'caf\u00e9'],
    ['combining kana', '\u304b\u3099\u3044', '\u304c'],
    ['combining jamo', '\u1112\u1161\u11ab\uad6d', '\ud55c\uad6d'],
    ['ideographs', '你好，世界', '世界'],
    ['characters of expressions', 'f(x) = [a|b]* \\d $1', '[a|b]* \\d $'],
    ['a quotation mark', 'He said "no"', '"no"'],
    ['letters outside of the basic plane', '𐐀𐐁', '𐐨'],
  ];
  for (const [what, text, query] of sameText) {
    it(`finds ${what}`, () => {
      const chat = { id: 'c', turns: [turn(`x ${text} y`, '')] };
      assert.ok(mayContain(JSON.stringify(chat), query));
      const { before, found, after } = findInChat(chat, query) ?? { before: '', found: '', after: '' };
      assert.notEqual(found, '');
      assert.equal(before + found + after, `x ${text} y`.normalize('NFC'));
    });
  }

  it('does not find what is spelled differently', () => {
    const chat = { id: 'c', turns: [turn('Café naïve', '')] };
    for (const query of ['cafe', 'naive', 'caf?']) assert.equal(findInChat(chat, query), undefined);
  });

  it('finds every text of a chat also in its file', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary-ascii' }), fc.string(), (query, around) => {
        const chat = { id: 'c', turns: [turn(around, around + query.toUpperCase() + around)] };
        assert.ok(findInChat(chat, query));
        assert.ok(mayContain(JSON.stringify(chat), query));
      }),
    );
  });
});

describe('The summary of a chat', () => {
  it('contains the title given by the user, or otherwise the first question in one line', () => {
    const chat = { id: 'c', turns: [{ ...turn('Why\n is it?', 'x'), askedAt: 7 }] };
    assert.deepEqual(listEntryOf(chat), {
      id: 'c',
      title: 'Why is it?',
      pinned: false,
      date: 7,
      questions: 1,
    });
    assert.equal(listEntryOf({ ...chat, title: 'x'.repeat(150), pinned: true }).title, 'x'.repeat(150));
  });
});
