import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

const portable = ['src/core/**', 'src/protocol/**', 'src/host/**', 'src/platform/web/**'];
const nodeOnly = ['process', 'Buffer', 'global', '__dirname', 'require', 'setImmediate'];
const impure = ['setTimeout', 'setInterval', 'fetch', 'crypto', 'performance', 'console', 'self'];

/** However a property is reached: by its name, by a text, or by a pattern. */
const anyUse = (names, message) =>
  ['Identifier[name=', 'Literal[value='].map((start) => ({ selector: `${start}/^(${names})$/]`, message }));
const messageCalls = anyUse(
  'show(Information|Warning|Error)Message',
  'Messages go through host/notifications.ts, which makes foreign text inert.',
);
const trustingText = [
  ...anyUse(
    'isTrusted|supportHtml|MarkdownString',
    'Text of ours in VS Code is plain: Markdown would make links of foreign text.',
  ),
];
const progress = anyUse(
  'withProgress',
  'The title of a progress notification takes links: show progress in the panel, or with host/notifications.ts.',
);

const variableExports = {
  selector: 'ExportNamedDeclaration > VariableDeclaration[kind="let"]',
  message: 'The scripts of the build import values, not variables: esbuild/commonjs.mjs.',
};

export default tseslint.config(
  { ignores: ['dist/', 'out/', '.vscode-test/', 'test/fixtures/'] },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'src/tsconfig.json', 'src/webview/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Taking a property off an object is what rest patterns are for.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      // A factory is one function with all of its parts.
      'max-lines-per-function': ['error', { max: 120, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/**'],
    rules: {
      'no-console': 'error',
      // `void` would only hide that a rejection gets lost.
      '@typescript-eslint/no-floating-promises': ['error', { ignoreVoid: false }],
    },
  },
  { files: portable, rules: { 'no-restricted-globals': ['error', ...nodeOnly] } },
  { files: ['src/core/**'], rules: { 'no-restricted-globals': ['error', ...nodeOnly, ...impure] } },
  {
    files: ['src/**'],
    ignores: ['src/host/notifications.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...messageCalls, ...trustingText, ...progress, variableExports],
    },
  },
  {
    files: ['src/host/notifications.ts'],
    rules: { 'no-restricted-syntax': ['error', ...trustingText, variableExports] },
  },
  { files: ['test/**'], rules: { 'max-lines-per-function': 'off' } },
  {
    files: ['**/*.{mjs,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    // JavaScript has no types to name.
    rules: { '@typescript-eslint/explicit-module-boundary-types': 'off' },
    languageOptions: { globals: { console: 'readonly', module: 'writable', process: 'readonly' } },
  },
);
