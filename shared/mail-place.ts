/** A place where another program keeps mail, or has left it. */

export interface MailPlace {
  readonly program: 'thunderbird' | 'takeout' | 'system';
  /** A folder to choose from, or an archive. */
  readonly path: string;
  /** What it is called to a person. */
  readonly name: string;
}
