import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';

const portable = ['src/core/**', 'src/protocol/**', 'src/host/**', 'src/platform/web/**'];
const nodeOnly = ['process', 'Buffer', 'global', '__dirname', 'require', 'setImmediate'];
const impure = ['setTimeout', 'setInterval', 'fetch', 'crypto', 'performance', 'console', 'self'];

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
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  { files: ['src/**'], rules: { 'no-console': 'error' } },
  { files: portable, rules: { 'no-restricted-globals': ['error', ...nodeOnly] } },
  { files: ['src/core/**'], rules: { 'no-restricted-globals': ['error', ...nodeOnly, ...impure] } },
  {
    files: ['src/**'],
    ignores: ['src/host/notifications.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...['Identifier[name=', 'Literal[value='].map((start) => ({
          selector: `${start}/^show(Information|Warning|Error)Message$/]`,
          message: 'Messages go through host/notifications.ts, which makes foreign text inert.',
        })),
      ],
    },
  },
  { files: ['test/**'], rules: { 'max-lines-per-function': 'off' } },
  {
    files: ['**/*.{mjs,cjs}'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { console: 'readonly', module: 'writable', process: 'readonly' } },
  },
);
