/** The base64 form of a text. */
export const base64 = (text: string): string => Buffer.from(text).toString('base64');
const escapeAll = (text: string, escape: (code: number) => string): string =>
  Array.from(text, (character) => escape(character.charCodeAt(0))).join('');
const hex = (code: number, length: number): string => code.toString(16).padStart(length, '0');

/** The ways in which a server may write a key. */
export const encodings: Readonly<Record<string, (key: string) => string>> = {
  raw: (key) => key,
  'in base64': base64,
  'in base64 with a user': (key) => base64(`user:${key}`),
  'in base64 with another user': (key) => base64(`api:${key}`),
  'in base64 with a scheme': (key) => base64(`Bearer ${key}`),
  'in base64 with a suffix': (key) => base64(`${key}:x`),
  'in base64url': (key) => Buffer.from(`me:${key}`).toString('base64url'),
  'in base64 within JSON': (key) => JSON.stringify(base64(key)).replaceAll('/', '\\/').slice(1, -1),
  'in base64 within a URL': (key) => encodeURIComponent(base64(`u:${key}`)),
  'in hexadecimal': (key) => Buffer.from(key).toString('hex'),
  'in hexadecimal capitals': (key) => Buffer.from(key).toString('hex').toUpperCase(),
  'as JSON': (key) => JSON.stringify(key).slice(1, -1),
  'as JSON within JSON': (key) => JSON.stringify(JSON.stringify(key)).slice(3, -3),
  'with escaped slashes': (key) => key.replaceAll('\\', '\\\\').replaceAll('/', '\\/'),
  'in Unicode escapes': (key) => escapeAll(key, (code) => `\\u${hex(code, 4)}`),
  'with its first character as a Unicode escape': (key) => `\\u${hex(key.charCodeAt(0), 4)}${key.slice(1)}`,
  'URL-encoded': encodeURIComponent,
  'in percent escapes': (key) => escapeAll(key, (code) => `%${hex(code, 2)}`),
  'in double percent escapes': (key) => escapeAll(key, (code) => `%25${hex(code, 2)}`),
  'in HTML': (key) =>
    key
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;'),
  'in decimal references': (key) => escapeAll(key, (code) => `&#${code};`),
  'in hexadecimal references': (key) => escapeAll(key, (code) => `&#x${hex(code, 2)};`),
  'in Markdown escapes': (key) => key.replace(/[!-/:-@[-`{-~]/g, '\\$&'),
  'with a tag in it': (key) => `${key.slice(0, 3)}<b>${key.slice(3)}`,
  'with tags throughout': (key) => key.match(/.{1,5}/gs)?.join('</span><span class="hljs-string">') ?? '',
  'URL-encoded within a tag': (key) => `<a href="/?k=${encodeURIComponent(key)}">x</a>`,
  'in percent escapes within an unclosed tag': (key) =>
    `<img src="/?k=${escapeAll(key, (code) => `%${hex(code, 2)}`)}`,
  'with a comment in it': (key) => `${key.slice(0, 5)}<!-- sic -->${key.slice(5)}`,
  'with invisible characters': (key) => Array.from(key).join('\u200b'),
};

const codesOf = (key: string, write: (code: number) => string, separator: string): string =>
  Array.from(Buffer.from(key), write).join(separator);
const linesOf = (text: string, length: number, separator: string): string =>
  text.match(new RegExp(`.{1,${length}}`, 'gs'))?.join(separator) ?? '';

/** Rarer ways, in which a key is found if it has at least 16 letters and digits. */
export const rareEncodings: Readonly<Record<string, (key: string) => string>> = {
  'with spaces': (key) => Array.from(key).join(' '),
  'with full stops': (key) => Array.from(key).join('.'),
  'in lines': (key) => linesOf(key, 9, '\n'),
  'in lines of base64': (key) => linesOf(base64(key), 20, '\r\n'),
  'in concatenated strings': (key) => linesOf(key, 9, "' + '"),
  'with escaped line breaks': (key) => linesOf(key, 9, '\\n'),
  'in bold and in code': (key) => linesOf(key, 9, '**`'),
  'as a dump': (key) => codesOf(key, (code) => hex(code, 2), ' '),
  'as a fingerprint': (key) => codesOf(key, (code) => hex(code, 2).toUpperCase(), ':'),
  'as a list of hexadecimal numbers': (key) => codesOf(key, (code) => `0x${hex(code, 2)}`, ', '),
  'as a list of numbers': (key) => JSON.stringify([...Buffer.from(key)]),
  'in octal escapes': (key) => codesOf(key, (code) => `\\${code.toString(8).padStart(3, '0')}`, ''),
  'in long Unicode escapes': (key) => escapeAll(key, (code) => `\\U${hex(code, 8)}`),
  'in quoted-printable': (key) => codesOf(key, (code) => `=${hex(code, 2).toUpperCase()}`, ''),
  'in binary': (key) => codesOf(key, (code) => code.toString(2).padStart(8, '0'), ' '),
  'in base64 twice': (key) => base64(base64(`u:${key}`)),
  'in base64 of UTF-16': (key) => Buffer.from(key, 'utf16le').toString('base64'),
  'in capitals': (key) => key.toUpperCase(),
  'in small letters': (key) => key.toLowerCase(),
  'in reverse': (key) => Array.from(key).reverse().join(''),
  'in wide letters': (key) =>
    escapeAll(key, (code) => (code < 33 ? ' ' : String.fromCharCode(code + 0xfee0))),
  'in letters of tags': (key) => escapeAll(key, (code) => String.fromCodePoint(code + 0xe0000)),
  'with the colours of a terminal': (key) => linesOf(key, 9, '\u001b[0m'),
};
