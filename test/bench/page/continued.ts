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
 * Continue's way: remark with mathematics, highlight.js and KaTeX as rehype plugins, to React elements, with each
 * delta. Continue itself uses react-remark; of its own plugins (buttons, links to files) nothing is here.
 */
export function continued(): Renderer {
  return reactRenderer((whole) => createElement(Markdown, options, whole));
}
