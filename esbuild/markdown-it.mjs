import { readFile } from 'node:fs/promises';

const UNUSED_RULES =
  /\/\/#region src\/(?:common|rules_(?:block|inline))\/html_\w+\.ts\n[^]*?\/\/#endregion\n|default_rules\.html_\w+ = [^]*?\};\n|\["(?:replacements|smartquotes|html_inline)", \w+\],|\[\s*"html_block",[^\]]*\]\s*\],/;

/** The presets `zero` and `commonmark`. The panel uses `default`, which stands before them. */
const UNUSED_PRESETS = /,\s*zero: \{[^]*?(?=\s*\};\s*var BAD_PROTO_RE)/;

/**
 * Leaves out the presets of markdown-it that the panel does not use, and the rules that replace quotation marks and dashes
 * or are for HTML.
 */
export const unusedRules = {
  name: 'unused-rules',
  setup(build) {
    build.onLoad({ filter: /[\\/]markdown-it[\\/]dist[\\/]markdown-it\.mjs$/ }, async ({ path }) => {
      const library = await readFile(path, 'utf8');
      const parts = library.replace(UNUSED_PRESETS, '').split(UNUSED_RULES);
      if (parts.length !== 11 || !UNUSED_PRESETS.test(library))
        throw new Error(`${path} has other presets, or other rules for typography or HTML`);
      return { contents: parts.join('') };
    });
  },
};
