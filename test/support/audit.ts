/**
 * A script for a page that checks the conversation, now and after every change, for elements and attributes that should
 * not occur. `window.audit.look()` returns what it has found.
 */
export const auditScript = `(() => {
  const setOf = (text) => new Set(text.split(' '));
  const markdown = setOf('P BR HR H1 H2 H3 H4 H5 H6 BLOCKQUOTE UL OL LI PRE CODE EM STRONG S A TABLE THEAD TBODY TR TH TD DIV SPAN');
  const forbidden = setOf('SCRIPT STYLE LINK META BASE IFRAME FRAME FRAMESET OBJECT EMBED APPLET IMG PICTURE SOURCE VIDEO AUDIO TRACK FORM TEMPLATE SLOT NOSCRIPT PORTAL MARQUEE TITLE DIALOG CANVAS');
  const formula = setOf('SPAN svg path line math semantics annotation mrow mi mo mn ms mtext mspace msup msub msubsup mfrac msqrt mroot mover munder munderover mtable mtr mtd mstyle mpadded mphantom menclose mlabeledtr');
  const attributes = setOf('href title start align dir class role tabindex aria-label aria-hidden data-language data-display data-file');
  const formulaDataAttributes = setOf('data-source data-formula data-vscode-context');
  const formulaAttributes = setOf('style xmlns encoding width height viewBox preserveAspectRatio d x1 x2 y1 y2 stroke-width display fence stretchy separator lspace rspace mathvariant mathcolor mathbackground mathsize scriptlevel displaystyle accent accentunder columnalign columnspacing rowspacing columnlines rowlines linethickness minsize maxsize form largeop movablelimits symmetric notation voffset depth side');
  const found = new Set();
  const name = (node) => '<' + node.nodeName + ' ' + [...node.attributes].map(({ name, value }) => name + '=' + value.slice(0, 60)).join(' ') + '>';
  /** A formula that was rendered again has been removed from its element. */
  const isOfFormula = (node) => node.closest(node.isConnected ? '.formula .katex, .formula.katex' : '.katex') !== null;
  const look = (node) => {
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const untrusted = isOfFormula(node) || node.closest('.markdown, .reasoning, .refusal, .question-attachment .code-block') !== null;
    if (untrusted && node.closest('.code-heading, .code-block > .code-fold, [role=toolbar]') === null) checkUntrusted(node);
    else checkPanel(node);
    for (const { name: key, value } of node.attributes) {
      if (key === 'style' && /url|expression|image|import|position:\\s*fixed|\\\\/i.test(value)) found.add('style ' + name(node));
      if (key === 'href' && !(node.nodeName === 'A' && /^(?:https?:\\/\\/|mailto:)/i.test(value) && /^(?:https?|mailto):$/.test(node.protocol))) found.add('address ' + name(node));
    }
    if (node.shadowRoot) found.add('shadow ' + name(node));
    for (const child of node.children) look(child);
  };
  /** Checks rendered Markdown, formulas and code, which come from untrusted text. */
  const checkUntrusted = (node) => {
    const inFormula = isOfFormula(node);
    if (!(markdown.has(node.nodeName) || (inFormula && formula.has(node.nodeName)))) found.add('element ' + name(node));
    for (const { name: key } of node.attributes) {
      const known = attributes.has(key) || (inFormula && formulaAttributes.has(key));
      const isFormulaData = node.matches('.formula') && formulaDataAttributes.has(key);
      const isMarkLabel = node.matches('.hidden-character') && key === 'data-label';
      if (!known && !isFormulaData && !isMarkLabel && !(node.matches('.markdown') && key === 'aria-busy')) found.add('attribute ' + key + ' of ' + name(node));
    }
  };
  /** Checks the elements of the panel around them, of which only dangerous ones are known here. */
  const checkPanel = (node) => {
    if (node.namespaceURI !== 'http://www.w3.org/1999/xhtml' || forbidden.has(node.nodeName)) found.add('element ' + name(node));
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
      for (const outside of document.querySelectorAll('base, iframe, object, embed, form:not(.question-box), style, link[rel]:not([rel=stylesheet], [rel=modulepreload][nonce], [rel=preload][as=font]), script:not([nonce])')) {
        if (outside.id !== '_defaultStyles' && outside.id !== '_vscodeApiScript') found.add('in the page ' + name(outside));
      }
      if (Object.prototype.pwned !== undefined) found.add('a prototype was changed');
      return [...found];
    },
  };
})()`;

/** Returns what the script has found in its page. */
export function auditFindings(): readonly string[] {
  return (window as unknown as { audit: { look(): readonly string[] } }).audit.look();
}
