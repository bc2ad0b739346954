import { readFile } from 'node:fs/promises';

/** Methods of the tokenizer that return tokens or texts, or change its cache. Here it only counts. */
const UNUSED_METHODS = [
  'setMergeCacheSize',
  'clearMergeCache',
  'encodeNativeGenerator',
  'encodeNative',
  'decodeNativeGenerator',
  'decodeNative',
  'decodeNativeAsyncIterable',
  'tryDecodeToken',
];

/** Leaves out the methods of the tokenizer that nothing calls, nearly half of its code. esbuild keeps a class as a whole. */
export const countingTokenizer = {
  name: 'counting-tokenizer',
  setup(build) {
    build.onLoad({ filter: /[\\/]gpt-tokenizer[\\/].*[\\/]BytePairEncodingCore\.js$/ }, async ({ path }) => {
      const source = await readFile(path, 'utf8');
      return { contents: UNUSED_METHODS.reduce((text, name) => withoutMethod(text, name, path), source) };
    });
  },
};

function withoutMethod(text, name, path) {
  const method = new RegExp(String.raw`^\t(?:async )?\*?${name}\([^]*?^\t\}\n`, 'm');
  if (!method.test(text)) throw new Error(`${path} has no method ${name}`);
  return text.replace(method, '');
}
