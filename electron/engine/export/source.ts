/** What an export needs of the archive around it. Types only. */

import type { Diff } from '../../../shared/diff.ts';
import type { Disk } from '../../mailbox/disk/disk.ts';
import type { Mailbox } from '../../mailbox/mailbox.ts';
import type { Listing } from '../listing/listing.ts';
import type { MessageReading } from '../messages/message-reading.ts';
import type { Tasks } from '../archive/tasks.ts';

export interface ExportSource {
  /** The disk that is written to. */
  readonly disk: Disk;
  readonly mailbox: Mailbox;
  readonly listing: Listing;
  readonly reading: MessageReading;
  readonly tasks: Tasks;
  /** Looks at the file again, and tells who listens. */
  sync(): Promise<Diff>;
}
