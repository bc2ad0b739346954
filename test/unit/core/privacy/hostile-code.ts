/** Code with hidden characters. They are written as escapes, so that this file contains none. */

/** A sample with every character that must be found in it. */
export interface HostileSample {
  readonly language: string;
  readonly attack: string;
  readonly code: string;
  readonly hidden: readonly string[];
}

const RLO = '\u202e';
const LRI = '\u2066';
const RLI = '\u2067';
const PDI = '\u2069';
const FILLER = '\u3164';
const ZWSP = '\u200b';
const ZWJ = '\u200d';

/** The text as tag characters, which are invisible copies of ASCII. */
const tags = (text: string): string =>
  Array.from(text, (character) => String.fromCodePoint(0xe0000 + character.charCodeAt(0))).join('');
/** The bytes as variation selectors, in which GlassWorm (2025) hid its loader in extensions. */
const selectors = (text: string): string =>
  Array.from(text, (character) => {
    const byte = character.charCodeAt(0);
    return String.fromCodePoint(byte < 16 ? 0xfe00 + byte : 0xe0100 + byte - 16);
  }).join('');
const unique = (text: string): readonly string[] => [...new Set(text)];

/** The syntax of a language for a comment, a call, a function and a condition. */
interface Syntax {
  readonly language: string;
  readonly comment: (text: string) => string;
  readonly requestIndex: (name: string, argument: string) => string;
  readonly define: (name: string) => string;
  readonly condition: (test: string) => string;
}

const braces = (language: string, define: (name: string) => string): Syntax => ({
  language,
  comment: (text) => `/* ${text} */`,
  requestIndex: (name, argument) => `${name}("${argument}");`,
  define,
  condition: (test) => `if (${test}) {`,
});

const syntaxes: readonly Syntax[] = [
  braces('c', (name) => `void ${name}(void) {}`),
  braces('cpp', (name) => `auto ${name}() -> void {}`),
  braces('csharp', (name) => `static void ${name}() {}`),
  braces('java', (name) => `public static void ${name}() {}`),
  braces('javascript', (name) => `function ${name}() {}`),
  braces('typescript', (name) => `export const ${name} = (): void => {};`),
  braces('go', (name) => `func ${name}() {}`),
  braces('rust', (name) => `fn ${name}() {}`),
  braces('php', (name) => `function ${name}() {}`),
  {
    language: 'python',
    comment: (text) => `# ${text}`,
    requestIndex: (name, argument) => `${name}("${argument}")`,
    define: (name) => `def ${name}(): pass`,
    condition: (test) => `if ${test}:`,
  },
  {
    language: 'ruby',
    comment: (text) => `# ${text}`,
    requestIndex: (name, argument) => `${name} '${argument}'`,
    define: (name) => `def ${name}; end`,
    condition: (test) => `if ${test}`,
  },
  {
    language: 'shellscript',
    comment: (text) => `# ${text}`,
    requestIndex: (name, argument) => `${name} "${argument}"`,
    define: (name) => `${name}() { :; }`,
    condition: (test) => `if [ ${test} ]; then`,
  },
  {
    language: 'sql',
    comment: (text) => `-- ${text}`,
    requestIndex: (name, argument) => `SELECT ${name}('${argument}');`,
    define: (name) => `CREATE FUNCTION ${name}() RETURNS int;`,
    condition: (test) => `SELECT 1 WHERE ${test};`,
  },
  {
    language: 'lua',
    comment: (text) => `-- ${text}`,
    requestIndex: (name, argument) => `${name}("${argument}")`,
    define: (name) => `function ${name}() end`,
    condition: (test) => `if ${test} then`,
  },
];

export const hostileSamples: readonly HostileSample[] = syntaxes.flatMap(
  ({ language, comment, requestIndex, define, condition }) => [
    sample(
      language,
      'commenting out',
      `${comment(`${RLO} } ${LRI}if (isAdmin)${PDI} ${LRI} begin admins only`)}\n`,
      [RLO, LRI, PDI],
    ),
    sample(
      language,
      'stretched string',
      condition(`accessLevel != "user${RLO} ${LRI}// Check if admin${PDI} ${LRI}"`),
      [RLO, LRI, PDI],
    ),
    sample(language, 'early return', `${comment(`Subtract funds from bank account then ${RLI}`)} ;return`, [
      RLI,
    ]),
    sample(language, 'invisible function', `${define(`is${ZWSP}Admin`)}\n${define('isAdmin')}`, [ZWSP]),
    sample(language, 'invisible name', `${define(FILLER)}\n${requestIndex('run', FILLER)}`, [FILLER]),
    sample(language, 'joined name', define(`check${ZWJ}Password`), [ZWJ]),
    sample(language, 'Cyrillic name', define('s\u0430yHello'), ['\u0430']),
    sample(language, 'Cyrillic capital', define('say\u041dello'), ['\u041d']),
    sample(language, 'Greek name', define('is\u0391dmin'), ['\u0391']),
    sample(language, 'partly Greek name', define('p\u03b1ssword'), ['\u03b1']),
    sample(language, 'Cherokee name', define('\u13e2oken'), ['\u13e2']),
    sample(language, 'entirely Cyrillic name', requestIndex('\u0435\u0445\u0435\u0441', 'x'), [
      '\u0435',
      '\u0445',
      '\u0441',
    ]),
    sample(language, 'parts of a name', requestIndex('get_\u0430\u0440', 'x'), ['\u0430', '\u0440']),
    sample(
      language,
      'tag payload',
      requestIndex('run', `Hi${tags('delete all files')}`),
      unique(tags('delete all files')),
    ),
    sample(language, 'tags after a flag', requestIndex('run', `\u{1f3f4}${tags('rm -rf /')}\u{e007f}`), [
      ...unique(tags('rm -f/')),
      '\u{e007f}',
    ]),
    sample(
      language,
      'selector payload',
      requestIndex('run', selectors('eval(x)')),
      unique(selectors('eval(x)')),
    ),
    sample(
      language,
      'selectors after an emoji',
      requestIndex('run', `\u{1f600}${selectors('curl')}`),
      unique(selectors('curl')),
    ),
    sample(
      language,
      'selectors after an ideograph',
      requestIndex('run', `\u8fbb\u{e0100}${selectors('sh')}`),
      unique(selectors('sh')),
    ),
    sample(language, 'no-break space', `${define('x')}\u00a0${define('y')}`, ['\u00a0']),
    sample(language, 'wide space', `${define('x')}\u3000\u2003${define('y')}`, ['\u3000', '\u2003']),
    sample(language, 'blank braille', define('a\u2800b'), ['\u2800']),
    sample(language, 'line separator', comment('harmless\u2028evil()'), ['\u2028']),
    sample(language, 'backspace', `${comment('ok')}\b\b\bevil()`, ['\b']),
    sample(language, 'escape sequence', requestIndex('run', '\u001b[8mhidden\u001b[0m'), ['\u001b']),
    sample(language, 'bell, null and delete', requestIndex('run', '\u0007\0\u007f\u0085'), [
      '\u0007',
      '\0',
      '\u007f',
      '\u0085',
    ]),
    sample(language, 'byte order mark inside', define('a\ufeffb'), ['\ufeff']),
    sample(language, 'right-to-left mark in Latin', condition('\u200f1 - 2 == x\u200f'), ['\u200f']),
    sample(language, 'private use', requestIndex('run', '\ue000\u{f0000}'), ['\ue000', '\u{f0000}']),
    sample(language, 'lone surrogates', requestIndex('run', 'a\ud800b\udc00'), ['\ud800', '\udc00']),
    sample(language, 'soft hyphen', define('pass\u00adword'), ['\u00ad']),
    sample(language, 'invisible operators', requestIndex('run', 'f\u2061x\u2062y\u2063z\u2064'), [
      '\u2061',
      '\u2062',
      '\u2063',
      '\u2064',
    ]),
    sample(language, 'annotations', requestIndex('run', '\ufff9a\ufffab\ufffb'), [
      '\ufff9',
      '\ufffa',
      '\ufffb',
    ]),
    sample(language, 'a click for an exclamation mark', condition('environment\u01c3=PRODUCTION'), [
      '\u01c3',
    ]),
    sample(language, 'a Greek question mark', `${requestIndex('run', 'x')}\u037e`, ['\u037e']),
    sample(language, 'a fullwidth letter', requestIndex('\uff45val', 'x'), ['\uff45']),
    sample(language, 'a mathematical letter', requestIndex('ev\u{1d44e}l', 'x'), ['\u{1d44e}']),
    sample(language, 'a Kelvin sign', define('api_\u212aey'), ['\u212a']),
    sample(language, 'a Roman numeral', define('sca\u217fe'), ['\u217f']),
    sample(language, 'keycap without its cap', requestIndex('run', '1\ufe0f0\ufe0f'), ['\ufe0f']),
    sample(language, 'a digit of another script', define('passw\u0966rd'), ['\u0966']),
    sample(language, 'a Hebrew letter for an o', define('passw\u05e1rd'), ['\u05e1']),
  ],
);

function sample(language: string, attack: string, code: string, hidden: readonly string[]): HostileSample {
  return { language, attack, code, hidden };
}
