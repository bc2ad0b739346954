import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatMessage, sanitizeLines, sanitizeLine } from '../../../../src/core/text/untrusted-text';

/** Text that VS Code shows as a link in a notification (`linkedText.ts`) or as an icon in a label (`iconLabels.ts`). */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
const icon = /\$\([a-z0-9-]+(?:~[a-z]+)?\)/i;

/** The text of a notification in VS Code, which shortens it and joins its lines. */
function notificationText(message: string): string {
  return message
    .slice(0, 1000)
    .replace(/\r\n|\n|\r/g, ' ')
    .trim();
}

describe('Untrusted text in a message', () => {
  const pieces = [
    '[',
    ']',
    '(',
    ')',
    '$',
    '$(',
    '](',
    ' ',
    '\n',
    '\r',
    '\u200b',
    '"',
    'x',
    'command:a.b',
    'file:/x',
  ];
  const anyHostileText = fc
    .array(fc.constantFrom(...pieces), { maxLength: 12 })
    .map((parts) => parts.join(''));
  const anyTemplate = fc.constantFrom(
    '{0}',
    '{0}{1}',
    '[{0}]({1})',
    '[{0}{1}',
    '{0}(command:x)',
    '${0}',
    '{1}\n{0}.',
  );

  it('contains no link or icon, whatever values are next to each other', () => {
    fc.assert(
      fc.property(anyTemplate, anyHostileText, anyHostileText, (text, first, second) => {
        const message = notificationText(sanitizeLines(formatMessage(text, [first, second]), 1000));
        assert.doesNotMatch(message, link);
        assert.doesNotMatch(message, icon);
        assert.doesNotMatch(sanitizeLine(first), link);
        assert.doesNotMatch(sanitizeLine(first), icon);
      }),
      { numRuns: 5000 },
    );
  });

  it('does not fill the placeholders of other values', () => {
    assert.equal(formatMessage('{0} and {1}', ['{1}', '{0}']), '{1} and {0}');
    assert.equal(formatMessage('{0} of {1}', [3, '$&']), '3 of $&');
  });

  it('stays unchanged if it is harmless', () => {
    const harmless = [
      'src/[id]/page.tsx',
      'f(x) = $x',
      'متن فارسی\u200cها',
      '👩\u200d💻',
      'a [b] (c)',
      'naïve',
      '数学',
    ];
    for (const text of harmless) assert.equal(sanitizeLine(text), text);
  });

  it('has visible codes for hidden characters and is in one line', () => {
    assert.equal(sanitizeLine('a\u202egpj.exe'), 'a<U+202E>gpj.exe');
    assert.equal(sanitizeLine('\ta\r\n\u2028b\0c\u001b[31m '), 'a b c [31m');
    assert.equal(sanitizeLine('x\u{e0041}\u200b'), 'x<U+E0041><U+200B>');
    assert.equal(sanitizeLine(`e${'\u0301'.repeat(500)}`).length, 9);
  });

  it('is shortened in the middle, even if it is very long', () => {
    const value = sanitizeLine(`C:/${'😀'.repeat(500_000)}/report.md`);
    assert.ok(value.length <= 240);
    assert.match(value, /^C:\/😀.*….*😀\/report\.md$/u);
    assert.ok(value.isWellFormed());
    const text = formatMessage('{0} was not imported. Open the log.', ['['.repeat(1_000_000)]);
    assert.ok(text.length < 300);
    assert.match(text, / was not imported\. Open the log\.$/);
    assert.equal(sanitizeLines('a'.repeat(1_000_000), 1000).length, 1000);
  });
});
