import DOMPurify from 'dompurify';
import { ALLOWED_LINK } from '../../core/text/allowed-links';

// prettier-ignore
const ALLOWED_TAGS = [
  'p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'ul', 'ol', 'li', 'pre', 'code', 'em', 'strong', 's',
  'sub', 'sup', 'kbd', 'a', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'div', 'span', '#text',
];

// List markers, the border of a block quote and table columns follow the direction of the text. The title of an alert, which
// is in the language of the panel, has a direction of its own, so that it does not decide that of the alert.
DOMPurify.addHook('afterSanitizeAttributes', (element) => {
  if (element.matches('ul, ol, blockquote, table, .alert-title')) element.setAttribute('dir', 'auto');
});

/**
 * Allows only the elements that Markdown has, without styles and IDs, and links to the web and to mail. This is a second
 * line of defense: the parser lets no HTML through, and the content security policy runs no script.
 */
export function sanitize(html: string): DocumentFragment {
  return DOMPurify.sanitize(html, {
    RETURN_DOM_FRAGMENT: true,
    ALLOWED_TAGS,
    ALLOWED_ATTR: ['href', 'title', 'start', 'align', 'class', 'data-language', 'data-display', 'data-file'],
    ALLOWED_URI_REGEXP: ALLOWED_LINK,
    // Otherwise DOMPurify would check these values as URIs and remove them.
    ADD_URI_SAFE_ATTR: ['start', 'align', 'data-language', 'data-display', 'data-file'],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
  });
}
