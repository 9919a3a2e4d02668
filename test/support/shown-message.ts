/** A message as it is shown: its view, and its text beside it. */

import { readMessage } from '../../electron/message/read-message.ts';
import type { MessageText, MessageView } from '../../shared/message-view.ts';

export type ShownMessage = Omit<MessageView, 'key' | 'bytes' | 'truncated'> & MessageText;

/** @param message as stored, without its separator line */
export async function shownMessage(message: Uint8Array): Promise<ShownMessage> {
  const { view, text } = await readMessage(message);
  return { ...view, ...text };
}
