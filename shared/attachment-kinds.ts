/** Of which kinds attachments are, as a person tells them apart. Imports nothing of ours. */

/** No more than there are bits in a byte: what a message carries is kept in one. */
export const ATTACHMENT_KINDS = [
  'picture',
  'pdf',
  'document',
  'packed',
  'sound',
  'video',
  'message',
  'other',
] as const;
export type AttachmentKind = (typeof ATTACHMENT_KINDS)[number];
