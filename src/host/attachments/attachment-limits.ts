/** Largest number of attachments that a question may have. */
export const MAX_ATTACHMENTS = 100;

/** Largest attachment, in bytes of a file or UTF-16 units of a text. A larger one would be very expensive. */
export const MAX_ATTACHMENT_SIZE = 1024 * 1024;
