/** Longest paste that becomes an attachment, in UTF-16 units; a longer one is put into the box as text. */
export const MAX_PASTED_ATTACHMENT_LENGTH = 1024 * 1024;
