import { readFile } from 'node:fs/promises';

const UNUSED_RULES =
  /\/\/#region src\/(?:common|rules_(?:block|inline))\/html_\w+\.ts\n[^]*?\/\/#endregion\n|\["(?:replacements|smartquotes|html_inline)", \w+\],|\[\s*"html_block",[^\]]*\]\s*\],/;

/**
 * Leaves out the rules of markdown-it that replace quotation marks and dashes, and those for HTML, because the panel does not
 * use them.
 */
export const unusedRules = {
  name: 'unused-rules',
  setup(build) {
    build.onLoad({ filter: /[\\/]markdown-it[\\/]dist[\\/]markdown-it\.mjs$/ }, async ({ path }) => {
      const parts = (await readFile(path, 'utf8')).split(UNUSED_RULES);
      if (parts.length !== 9) throw new Error(`${path} has other rules for typography or HTML`);
      return { contents: parts.join('') };
    });
  },
};
