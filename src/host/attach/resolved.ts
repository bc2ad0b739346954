import type { Attachment } from '../../core/prompt/attachment';
import type { Reference } from './reference';

/** What is there to be sent of a reference at this moment, or why there is nothing. */
export type Resolved =
  | { readonly kind: 'usable'; readonly attachment: Attachment }
  | { readonly kind: 'unusable'; readonly reason: string };

/** A reference, and what was there of it. */
export type Entry = readonly [Reference, Resolved];
