import { createElement, type ReactNode } from 'react';
import Markdown from 'react-markdown';
import { Prism } from 'react-syntax-highlighter';
import remarkGfm from 'remark-gfm';
import { reactRenderer } from './react-renderer';
import type { Renderer } from './renderer';

/** Code with a language is a block; other code is inline. */
function code({ className, children }: { className?: string | undefined; children?: ReactNode }): ReactNode {
  const language = /language-(\w+)/.exec(className ?? '')?.[1];
  if (language === undefined) return createElement('code', {}, children);
  return createElement(Prism, { language, children: typeof children === 'string' ? children : '' });
}

const options = { remarkPlugins: [remarkGfm], components: { code } };

/** Renders as twinny does: react-markdown for each delta, with Prism of react-syntax-highlighter for code blocks. */
export function twinny(): Renderer {
  return reactRenderer((text) => createElement(Markdown, options, text));
}
