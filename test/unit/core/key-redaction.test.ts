import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createKeyRedactor } from '../../../src/core/privacy/key-redaction';
import { recordFigure, runs } from '../../support/promises';

/** Keys as services give them out, and some that no service would. */
const keys: Readonly<Record<string, string>> = {
  'an OpenAI key': 'sk-proj-Ab3dEf6hIj9lMn2pQr5tUv8xYz1B4c7D0e-F3g_H6i9J2k5L8m1N4o7P',
  'a key of hexadecimal digits': '3f9a1c7b2e8d4605af19c3d7e5b20846',
  'a key with signs that have to be escaped': `sk-Sentinel/7f+3a"9b&%'=~.Qz4`,
  'a short key': 'sk-4711x',
  'a UUID': '8f14e45f-ceea-467f-ab1d-9b2a0c6f7d31',
  'a key of 10,000 characters': `sk-${Array.from({ length: 9997 }, (_, at) => ((at * 7919) % 36).toString(36)).join('')}`,
  'a key of 10,000 equal characters': 'k'.repeat(10_000),
};

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const each = (text: string, escape: (code: number) => string): string =>
  Array.from(text, (character) => escape(character.charCodeAt(0))).join('');
const hex = (code: number, length: number): string => code.toString(16).padStart(length, '0');

/** The ways a server may write a key. */
const spellings: Readonly<Record<string, (key: string) => string>> = {
  raw: (key) => key,
  'in base64': base64,
  'in base64 with a user': (key) => base64(`user:${key}`),
  'in base64 with another user': (key) => base64(`api:${key}`),
  'in base64 with a scheme': (key) => base64(`Bearer ${key}`),
  'in base64 with something behind': (key) => base64(`${key}:x`),
  'in base64url': (key) => Buffer.from(`me:${key}`).toString('base64url'),
  'in base64 within JSON': (key) => JSON.stringify(base64(key)).replaceAll('/', '\\/').slice(1, -1),
  'in base64 within an address': (key) => encodeURIComponent(base64(`u:${key}`)),
  'in hexadecimal': (key) => Buffer.from(key).toString('hex'),
  'in hexadecimal capitals': (key) => Buffer.from(key).toString('hex').toUpperCase(),
  'as JSON': (key) => JSON.stringify(key).slice(1, -1),
  'as JSON within JSON': (key) => JSON.stringify(JSON.stringify(key)).slice(3, -3),
  'with escaped slashes': (key) => key.replaceAll('\\', '\\\\').replaceAll('/', '\\/'),
  'in Unicode escapes': (key) => each(key, (code) => `\\u${hex(code, 4)}`),
  'with its first character as a Unicode escape': (key) => `\\u${hex(key.charCodeAt(0), 4)}${key.slice(1)}`,
  'in an address': encodeURIComponent,
  'in percent escapes': (key) => each(key, (code) => `%${hex(code, 2)}`),
  'in percent escapes, twice': (key) => each(key, (code) => `%25${hex(code, 2)}`),
  'in HTML': (key) =>
    key
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
  'in decimal references': (key) => each(key, (code) => `&#${code};`),
  'in hexadecimal references': (key) => each(key, (code) => `&#x${hex(code, 2)};`),
  'in Markdown escapes': (key) => key.replace(/[!-/:-@[-`{-~]/g, '\\$&'),
  'with a tag in it': (key) => `${key.slice(0, 3)}<b>${key.slice(3)}`,
  'with tags all through it': (key) => key.match(/.{1,5}/gs)?.join('</span><span class="hljs-string">') ?? '',
  'in an address within a tag': (key) => `<a href="/?k=${encodeURIComponent(key)}">x</a>`,
  'in an address within a tag that is not closed': (key) =>
    `<img src="/?k=${each(key, (code) => `%${hex(code, 2)}`)}`,
  'with a comment in it': (key) => `${key.slice(0, 5)}<!-- sic -->${key.slice(5)}`,
  'with invisible characters': (key) => Array.from(key).join('\u200b'),
};

/** Cuts a text at these places. */
function cut(text: string, at: readonly number[]): readonly string[] {
  const places = [0, ...at.map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length];
  return places.slice(1).map((end, index) => text.slice(places[index], end));
}

function throughStream(secrets: readonly string[], pieces: readonly string[]): string {
  const stream = createKeyRedactor(secrets).openStream();
  return pieces.map((piece) => stream.push(piece)).join('') + stream.end();
}

describe('S5 The key is struck out of what a server says', () => {
  for (const [what, key] of Object.entries(keys)) {
    const redactor = createKeyRedactor([key]);

    for (const [how, spell] of Object.entries(spellings)) {
      it(`${what} ${how}`, () => {
        const written = spell(key);
        const shown = redactor.redact(`The key ${written}, as you sent it.`);
        assert.match(shown, /^The key .{0,30}\[key\].{0,30}, as you sent it\.$/su);
        assertNothingOf(key, shown, how);
      });
    }

    it(`${what}, however the text is cut into pieces`, function () {
      this.timeout(120_000);
      const times = key.length > 1000 ? runs(1, 10) : runs(10, 200);
      for (const [how, spell] of Object.entries(spellings)) {
        const text = `Your key is ${spell(key)}\n and ${spell(key)}.`;
        const whole = redactor.redact(text);
        fc.assert(
          fc.property(fc.array(fc.nat(text.length), { maxLength: key.length > 1000 ? 5 : 30 }), (places) => {
            assert.equal(throughStream([key], cut(text, places)), whole, how);
          }),
          { numRuns: times },
        );
      }
    });
  }

  it('one character at a time', () => {
    const key = keys['an OpenAI key'] ?? '';
    for (const [how, spell] of Object.entries(spellings)) {
      const text = `It is ${spell(key)}!`;
      assert.equal(throughStream([key], Array.from(text)), createKeyRedactor([key]).redact(text), how);
    }
    recordFigure(
      'S5',
      `${Object.keys(spellings).length} spellings of ${Object.keys(keys).length} keys, 0 shown`,
    );
  });

  it('also where only a part of it came: the text was cut, or the rest went elsewhere', () => {
    const key = keys['an OpenAI key'] ?? '';
    const redactor = createKeyRedactor([key]);
    for (let length = 6; length < key.length; length++) {
      const shown = redactor.redact(`Incorrect key: ${key.slice(0, length)}`);
      assert.equal(shown, 'Incorrect key: [key]', `${length} characters`);
    }
    for (let from = 1; from < key.length - 16; from++) {
      const shown = redactor.redact(`…${key.slice(from)} is not valid`);
      assert.equal(shown, `…${key.slice(from, from + 3)}[key] is not valid`, `from character ${from}`);
    }
  });

  it('and so are the other secrets that are sent', () => {
    const redactor = createKeyRedactor(['sk-first-secret', 'gateway-token-77']);
    assert.equal(redactor.redact('sk-first-secret gateway-token-77'), '[key] [key]');
  });
});

describe('Server text stays unchanged', () => {
  const prose = [
    'The quick brown fox jumps over the lazy dog, skips and asks: is it so?',
    'Use `sk-...` keys; `process.env.OPENAI_API_KEY` holds yours. 50% of <b>users</b> &amp; more.',
    '$\\frac{a}{b} \\le \\sqrt{c}$ and \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}',
    'if (a < b && c > d) { return "\\u00e4" + `\\n${x}`; } // <script>alert(1)</script>',
    '注意：请使用密钥。😊👩‍🔬 – größer',
    'deadbeef cafe 0123456789abcdef dXNlcjpwYXNzd29yZA==',
  ];

  for (const key of Object.values(keys).slice(0, 5)) {
    it(`where it does not hold ${key}`, () => {
      for (const text of prose) {
        assert.equal(createKeyRedactor([key]).redact(text), text);
        assert.equal(throughStream([key], Array.from(text)), text);
      }
    });
  }

  it('for any text, split anywhere', () => {
    const key = keys['an OpenAI key'] ?? '';
    const piece = fc.oneof(
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
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        assert.equal(throughStream([key], pieces), pieces.join(''));
      }),
      { numRuns: runs(500, 10_000) },
    );
  });

  it('if the key is a dummy key of local servers', () => {
    for (const key of ['ollama', 'EMPTY', 'lm-studio', 'x', 'none', 'not-needed']) {
      assert.equal(createKeyRedactor([key]).redact(`Start ${key} first.`), `Start ${key} first.`);
    }
  });

  it('and without delay: only a possible beginning of a key is held back', () => {
    const stream = createKeyRedactor(['sk-proj-Ab3dEf6hIj9lMn2pQr5tUv8x']).openStream();
    assert.equal(stream.push('Let us begin'), 'Let us begin');
    assert.equal(stream.push(' with <code'), ' with <code');
    assert.equal(stream.push('>sk'), '>');
    assert.equal(stream.push('ill</code>'), 'skill</code>');
    assert.equal(stream.push(' in words'), ' in word');
    assert.equal(stream.push(' and deeds.'), 's and deeds.');
    assert.equal(stream.end(), '');
  });

  it('and hostile texts take no longer than others', () => {
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
    ]) {
      const text = unit.repeat(runs(200_000, 1_000_000) / unit.length);
      const stream = redactor.openStream();
      const started = performance.now();
      for (let at = 0; at < text.length; at += 16_384) stream.push(text.slice(at, at + 16_384));
      stream.end();
      const took = performance.now() - started;
      assert.ok(took < 20_000, `${JSON.stringify(unit)}: ${took.toFixed(0)} ms`);
    }
  });
});

/** No eight characters of the key or of its spelling are left; what is short shares more than that by chance. */
function assertNothingOf(key: string, shown: string, how: string): void {
  const texts = [key, base64(key), Buffer.from(key).toString('hex')];
  for (const text of texts) {
    for (let at = 0; at + 8 <= text.length; at += 4) {
      assert.ok(!shown.includes(text.slice(at, at + 8)), `${how}: ${text.slice(at, at + 8)} in ${shown}`);
    }
  }
}
