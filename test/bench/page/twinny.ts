import { createElement, type ReactNode } from 'react';
import Markdown from 'react-markdown';
import { Prism } from 'react-syntax-highlighter';
import remarkGfm from 'remark-gfm';
import { reactRenderer } from './react-renderer';
import type { Renderer } from './renderer';

/** Code of a block has a language; other code is in a line. */
function code({ className, children }: { className?: string | undefined; children?: ReactNode }): ReactNode {
  const language = /language-(\w+)/.exec(className ?? '')?.[1];
  if (language === undefined) return createElement('code', {}, children);
  return createElement(Prism, { language, children: typeof children === 'string' ? children : '' });
}

const options = { remarkPlugins: [remarkGfm], components: { code } };

/** twinny's way: react-markdown with each delta, and Prism of react-syntax-highlighter for each block of code. */
export function twinny(): Renderer {
  return reactRenderer((whole) => createElement(Markdown, options, whole));
}
