/**
 * What there may be in the conversation, as the tests have it: code that runs in a page, as text. It looks
 * through what is there, and through all that ever comes: `window.audit.found` names what should not be.
 */
export const auditScript = `(() => {
  const words = (text) => new Set(text.split(' '));
  const markdown = words('P BR HR H1 H2 H3 H4 H5 H6 BLOCKQUOTE UL OL LI PRE CODE EM STRONG S A TABLE THEAD TBODY TR TH TD DIV SPAN');
  const never = words('SCRIPT STYLE LINK META BASE IFRAME FRAME FRAMESET OBJECT EMBED APPLET IMG PICTURE SOURCE VIDEO AUDIO TRACK FORM TEMPLATE SLOT NOSCRIPT PORTAL MARQUEE TITLE DIALOG CANVAS');
  const formula = words('SPAN svg path line math semantics annotation mrow mi mo mn ms mtext mspace msup msub msubsup mfrac msqrt mroot mover munder munderover mtable mtr mtd mstyle mpadded mphantom menclose mlabeledtr');
  const attributes = words('href title start align dir class role tabindex aria-label aria-hidden data-language data-display');
  const placeAttributes = words('data-source data-formula data-vscode-context');
  const formulaAttributes = words('style xmlns encoding width height viewBox preserveAspectRatio d x1 x2 y1 y2 stroke-width display fence stretchy separator lspace rspace mathvariant mathcolor mathbackground mathsize scriptlevel displaystyle accent accentunder columnalign columnspacing rowspacing columnlines rowlines linethickness minsize maxsize form largeop movablelimits symmetric notation voffset depth side');
  const found = new Set();
  const name = (node) => '<' + node.nodeName + ' ' + [...node.attributes].map(({ name, value }) => name + '=' + value.slice(0, 60)).join(' ') + '>';
  /** A formula that was drawn anew meanwhile has left its place. */
  const isOfFormula = (node) => node.closest(node.isConnected ? '.formula .katex, .formula.katex' : '.katex') !== null;
  const look = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const foreign = isOfFormula(node) || node.closest('.markdown, .reasoning, .refusal, .question-attachment .code-block') !== null;
    if (foreign && node.closest('.code-heading, .code-block > .code-fold, [role=toolbar]') === null) lookAtForeign(node);
    else lookAtOurs(node);
    for (const { name: key, value } of node.attributes) {
      if (key === 'style' && /url|expression|image|import|position:\\s*fixed|\\\\/i.test(value)) found.add('style ' + name(node));
      if (key === 'href' && !(node.nodeName === 'A' && /^(?:https?:\\/\\/|mailto:)/i.test(value) && /^(?:https?|mailto):$/.test(node.protocol))) found.add('address ' + name(node));
    }
    if (node.shadowRoot) found.add('shadow ' + name(node));
    for (const child of node.children) look(child);
  };
  /** Where the words of a model, or of anyone else, are drawn as Markdown, formulas and code. */
  const lookAtForeign = (node) => {
    const inFormula = isOfFormula(node);
    if (!(markdown.has(node.nodeName) || (inFormula && formula.has(node.nodeName)))) found.add('element ' + name(node));
    for (const { name: key } of node.attributes) {
      const known = attributes.has(key) || (inFormula && formulaAttributes.has(key));
      const ofPlace = node.matches('.formula') && placeAttributes.has(key);
      const ofMark = node.matches('.hidden-character') && key === 'data-label';
      if (!known && !ofPlace && !ofMark && !(node.matches('.markdown') && key === 'aria-busy')) found.add('attribute ' + key + ' of ' + name(node));
    }
  };
  /** Our own elements around them, which may be more than these tests know. */
  const lookAtOurs = (node) => {
    if (node.namespaceURI !== 'http://www.w3.org/1999/xhtml' || never.has(node.nodeName)) found.add('element ' + name(node));
    for (const { name: key } of node.attributes) {
      if (/^on|^(?:style|src|srcset|srcdoc|ping|formaction|action|poster|background|data|nonce|name|is|slot)$/.test(key)) found.add('attribute ' + key + ' of ' + name(node));
    }
  };
  addEventListener('securitypolicyviolation', (event) => found.add('violation of ' + event.effectiveDirective + ' by ' + event.blockedURI));
  addEventListener('error', (event) => found.add('error ' + event.message));
  addEventListener('unhandledrejection', (event) => found.add('rejection ' + event.reason));
  const log = document.querySelector('[role=log]');
  new MutationObserver((records) => {
    for (const { addedNodes, type, target } of records) {
      if (type === 'attributes') look(target);
      else addedNodes.forEach(look);
    }
  }).observe(log, { subtree: true, childList: true, attributes: true });
  window.audit = {
    look: () => {
      for (const child of log.children) look(child);
      if ('pwned' in window) found.add('a script ran');
      for (const outside of document.querySelectorAll('base, iframe, object, embed, form:not(.question-box), style, link[rel]:not([rel=stylesheet], [rel=modulepreload][nonce]), script:not([nonce])')) {
        if (outside.id !== '_defaultStyles' && outside.id !== '_vscodeApiScript') found.add('in the page ' + name(outside));
      }
      if (Object.prototype.pwned !== undefined) found.add('a prototype was changed');
      return [...found];
    },
  };
})()`;

/** What was found in a page that runs the script. */
export function lookAround(): readonly string[] {
  return (window as unknown as { audit: { look(): readonly string[] } }).audit.look();
}
