/** The copies that were found, group by group, fetched by page. */

import type { CopyRow } from '../../shared/duplicates-contract.ts';
import { Paged } from './paged.ts';

type Fetch = (
  from: number,
  count: number,
) => Promise<{ readonly total: number; readonly copies: readonly CopyRow[] }>;

export class CopyRows extends Paged<CopyRow> {
  constructor(fetch: Fetch) {
    super(async (from, count) => {
      const { total, copies } = await fetch(from, count);
      return { total, items: copies, version: 0 };
    });
  }
}
