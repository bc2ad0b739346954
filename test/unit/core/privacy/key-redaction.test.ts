import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createKeyRedactor } from '../../../../src/core/privacy/key-redaction';
import { recordFigure, runs } from '../../../support/promises';
import { base64, encodings, rareEncodings } from './encoded-keys';

/** Keys as services issue them, and some unusual ones. */
const keys: Readonly<Record<string, string>> = {
  'an OpenAI key': 'sk-proj-Ab3dEf6hIj9lMn2pQr5tUv8xYz1B4c7D0e-F3g_H6i9J2k5L8m1N4o7P',
  'a key of hexadecimal digits': '3f9a1c7b2e8d4605af19c3d7e5b20846',
  'a key with signs that have to be escaped': `sk-Sentinel/7f+3a"9b&%'=~.Qz4`,
  'a short key': 'sk-4711x',
  'a UUID': '8f14e45f-ceea-467f-ab1d-9b2a0c6f7d31',
  'a key of 10,000 characters': `sk-${Array.from({ length: 9997 }, (_, at) => ((at * 7919) % 36).toString(36)).join('')}`,
  'a key of 10,000 equal characters': 'k'.repeat(10_000),
};

/** The pieces of a text that is cut at these positions. */
function cutAt(text: string, cuts: readonly number[]): readonly string[] {
  const positions = [
    0,
    ...cuts.map((position) => position % (text.length + 1)).sort((a, b) => a - b),
    text.length,
  ];
  return positions.slice(1).map((end, index) => text.slice(positions[index], end));
}

function redactStream(secrets: readonly string[], pieces: readonly string[]): string {
  const stream = createKeyRedactor(secrets).openStream();
  return pieces.map((piece) => stream.push(piece)).join('') + stream.end();
}

describe('S5 The key is redacted in the text of a server:', () => {
  for (const [name, key] of Object.entries(keys)) {
    const redactor = createKeyRedactor([key]);

    for (const [encoding, encode] of Object.entries(encodings)) {
      it(`${name} ${encoding}`, () => {
        const encoded = encode(key);
        const redacted = redactor.redact(`The key ${encoded}, as you sent it.`);
        assert.match(redacted, /^The key .{0,30}\[key\].{0,30}, as you sent it\.$/su);
        assertKeyNotIn(redacted, key, encoding);
      });
    }

    it(`${name}, however the text is cut into pieces`, function () {
      this.timeout(120_000);
      const numRuns = key.length > 1000 ? runs(1, 10) : runs(10, 200);
      for (const [encoding, encode] of Object.entries(encodings)) {
        const text = `Your key is ${encode(key)}\n and ${encode(key)}.`;
        const expected = redactor.redact(text);
        fc.assert(
          fc.property(fc.array(fc.nat(text.length), { maxLength: key.length > 1000 ? 5 : 30 }), (cuts) => {
            assert.equal(redactStream([key], cutAt(text, cuts)), expected, encoding);
          }),
          { numRuns },
        );
      }
    });
  }

  it('even if the encoding is rare, also one character at a time', () => {
    const letters = (text: string): string => text.replace(/[^\w\uff01-\uff5e]/g, '');
    for (const [name, key] of Object.entries(keys)) {
      if (key.length > 1000 || letters(key).length < 16) continue;
      const redactor = createKeyRedactor([key]);
      for (const [encoding, encode] of Object.entries(rareEncodings)) {
        const encoded = encode(key);
        const text = `It is ${encoded} today!`;
        const redacted = redactor.redact(text);
        const written = letters(encoded);
        for (let at = 0; at + 8 <= written.length; at += 4) {
          const part = written.slice(at, at + 8);
          assert.ok(!letters(redacted).includes(part), `${name} ${encoding}: ${redacted}`);
        }
        assert.match(redacted, /^It is .*\[key\].* today!$/su, `${name} ${encoding}`);
        assert.equal(redactStream([key], Array.from(text)), redacted, `${name} ${encoding}`);
      }
    }
  });

  it('one character at a time', () => {
    const key = keys['an OpenAI key'] ?? '';
    for (const [encoding, encode] of Object.entries(encodings)) {
      const text = `It is ${encode(key)}!`;
      assert.equal(redactStream([key], Array.from(text)), createKeyRedactor([key]).redact(text), encoding);
    }
    recordFigure(
      'S5',
      `${Object.keys({ ...encodings, ...rareEncodings }).length} encodings of ${Object.keys(keys).length} keys, 0 shown`,
    );
  });

  it('even if the text contains only a part of it', () => {
    const key = keys['an OpenAI key'] ?? '';
    const redactor = createKeyRedactor([key]);
    for (let length = 6; length < key.length; length++) {
      const redacted = redactor.redact(`Incorrect key: ${key.slice(0, length)}`);
      assert.equal(redacted, 'Incorrect key: [key]', `${length} characters`);
    }
    for (let from = 1; from < key.length - 16; from++) {
      const redacted = redactor.redact(`…${key.slice(from)} is not valid`);
      assert.equal(redacted, `…${key.slice(from, from + 3)}[key] is not valid`, `from character ${from}`);
    }
  });

  it('without what follows it, so that JSON that quotes it can still be parsed', () => {
    for (const key of Object.values(keys)) {
      const body = JSON.stringify({ error: { message: `Incorrect API key provided: ${key}.` } });
      const redacted = JSON.parse(createKeyRedactor([key]).redact(body)) as unknown;
      assert.deepEqual(redacted, { error: { message: 'Incorrect API key provided: [key].' } });
    }
  });

  it('like any other secret that is sent', () => {
    const redactor = createKeyRedactor(['sk-first-secret', 'gateway-token-77']);
    assert.equal(redactor.redact('sk-first-secret gateway-token-77'), '[key] [key]');
  });
});

describe('Text of a server without the key stays unchanged', () => {
  const prose = [
    'The quick brown fox jumps over the lazy dog, skips and asks: is it so?',
    'Use `sk-...` keys; `process.env.OPENAI_API_KEY` holds yours. 50% of <b>users</b> &amp; more.',
    '$\\frac{a}{b} \\le \\sqrt{c}$ and \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}',
    'if (a < b && c > d) { return "\\u00e4" + `\\n${x}`; } // <script>alert(1)</script>',
    '注意：请使用密钥。😊👩‍🔬 – größer',
    'deadbeef cafe 0123456789abcdef dXNlcjpwYXNzd29yZA==',
  ];

  for (const key of Object.values(keys).slice(0, 5)) {
    it(`for the key ${key}`, () => {
      for (const text of prose) {
        assert.equal(createKeyRedactor([key]).redact(text), text);
        assert.equal(redactStream([key], Array.from(text)), text);
      }
    });
  }

  it('for any text, split anywhere', () => {
    const key = keys['an OpenAI key'] ?? '';
    const anyPiece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        's',
        'sk',
        'sk-',
        '<b',
        '>',
        '\\',
        '\\u',
        '\\u00',
        '%',
        '%7',
        '&',
        '&am',
        'c2',
        '73',
        '<',
      ),
    );
    fc.assert(
      fc.property(fc.array(anyPiece, { maxLength: 40 }), (pieces) => {
        assert.equal(redactStream([key], pieces), pieces.join(''));
      }),
      { numRuns: runs(500, 10_000) },
    );
  });

  it('even if it contains the dummy key of a local server', () => {
    for (const key of ['ollama', 'EMPTY', 'lm-studio', 'x', 'none', 'not-needed']) {
      assert.equal(createKeyRedactor([key]).redact(`Start ${key} first.`), `Start ${key} first.`);
    }
  });

  it('and is delivered without delay, apart from a possible beginning of a key', () => {
    const stream = createKeyRedactor(['sk-proj-Ab3dEf6hIj9lMn2pQr5tUv8x']).openStream();
    assert.equal(stream.push('Let us begin'), 'Let us begin');
    assert.equal(stream.push(' with <code'), ' with <code');
    assert.equal(stream.push('>sk'), '>');
    assert.equal(stream.push('ill</code>'), 'skill</code>');
    assert.equal(stream.push(' in words'), ' in word');
    assert.equal(stream.push(' and deeds.'), 's and deeds.');
    assert.equal(stream.end(), '');
  });

  it('and is processed quickly even if it is hostile', () => {
    const redactor = createKeyRedactor([keys['a key of 10,000 equal characters'] ?? '', 'sk-4711x']);
    for (const unit of [
      'k',
      'kkkj',
      '\\',
      '\\\\u',
      '%25',
      '&amp;',
      '<b>',
      '<',
      '<a ',
      '&#',
      '\u200b',
      'k<b>',
      '%6b',
      ' 0x6b',
      '\\n',
      '\\frac',
    ]) {
      const text = unit.repeat(runs(200_000, 1_000_000) / unit.length);
      const stream = redactor.openStream();
      const started = performance.now();
      for (let at = 0; at < text.length; at += 16_384) stream.push(text.slice(at, at + 16_384));
      stream.end();
      const duration = performance.now() - started;
      assert.ok(duration < 20_000, `${JSON.stringify(unit)}: ${duration.toFixed(0)} ms`);
    }
  });

  it('is fast although the beginning of a key is followed by thousands of small pieces without a letter', () => {
    const key = 'sk-proj-Ab3dEf6hIj9lMn2pQr5tUv8x';
    const start = process.cpuUsage();
    const pieces = [key.slice(0, 20), ...Array<string>(4000).fill('<b>'), key.slice(20)];
    assert.equal(redactStream([key], pieces).replaceAll('[key]', ''), '');
    assert.ok(process.cpuUsage(start).user < 5_000_000);
  });
});

/** Asserts that no eight consecutive characters of the key, or of its base64 or hexadecimal form, are left. */
function assertKeyNotIn(redacted: string, key: string, encoding: string): void {
  const texts = [key, base64(key), Buffer.from(key).toString('hex')];
  for (const text of texts) {
    for (let at = 0; at + 8 <= text.length; at += 4) {
      assert.ok(
        !redacted.includes(text.slice(at, at + 8)),
        `${encoding}: ${text.slice(at, at + 8)} in ${redacted}`,
      );
    }
  }
}
