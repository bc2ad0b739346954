/** Links of an answer that may be opened or shown as links: to the web and to mail. Each layer checks this again. */
export const ALLOWED_LINK = /^(?:https?|mailto):/i;
