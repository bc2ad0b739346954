import DOMPurify from 'dompurify';

// A list's marks, a quotation's border and a table's columns stand where their text begins.
DOMPurify.addHook('afterSanitizeAttributes', (element) => {
  if (/^(?:UL|OL|BLOCKQUOTE|TABLE)$/.test(element.nodeName)) element.setAttribute('dir', 'auto');
});

/**
 * The last line of defence behind a parser that lets no HTML through and a policy that runs no script:
 * only the elements that Markdown has, no styles, no ids, and links to the web and to mail alone.
 */
export function sanitize(html: string): DocumentFragment {
  return DOMPurify.sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    ALLOWED_TAGS: [
      ...['p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'ul', 'ol', 'li', 'pre', 'code'],
      ...[
        'em',
        'strong',
        's',
        'sub',
        'sup',
        'kbd',
        'a',
        'table',
        'thead',
        'tbody',
        'tr',
        'th',
        'td',
        'div',
        'span',
        '#text',
      ],
    ],
    ALLOWED_ATTR: ['href', 'title', 'start', 'align', 'class', 'data-language', 'data-display', 'data-file'],
    ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
    // Values that are no addresses, and would be refused as such.
    ADD_URI_SAFE_ATTR: ['start', 'align', 'data-language', 'data-display', 'data-file'],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  });
}
