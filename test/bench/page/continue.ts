import { createElement } from 'react';
import Markdown from 'react-markdown';
import rehypeHighlight from 'rehype-highlight';
import rehypeKatex from 'rehype-katex';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import { reactRenderer } from './react-renderer';
import type { Renderer } from './renderer';

const options = {
  remarkPlugins: [remarkGfm, remarkMath],
  rehypePlugins: [rehypeHighlight, rehypeKatex],
};

/**
 * Renders as Continue does: for each delta, remark with mathematics, and highlight.js and KaTeX as rehype plugins,
 * create React elements. Continue itself uses react-remark; its own plugins (buttons, file links) are left out.
 */
export function continueRenderer(): Renderer {
  return reactRenderer((text) => createElement(Markdown, options, text));
}
