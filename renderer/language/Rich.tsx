/** A message with parts that stand out: `<strong>` and `<code>` in the catalog are elements here. */

import { createElement, Fragment, type ReactNode } from 'react';
import type { MessageId } from '../../shared/language/english.ts';
import { sayInPieces, type Tags, type Values } from '../../shared/language/say.ts';

const TAGS: Tags<ReactNode> = {
  strong: (inside) => createElement('strong', null, ...inside),
  code: (inside) => createElement('code', null, ...inside),
};

interface Props<Id extends MessageId> {
  readonly id: Id;
  readonly values: Values<Id>;
}

/** @param props `values` as a list: those of `say`. */
export function Rich<Id extends MessageId>({ id, values }: Props<Id>) {
  return createElement(Fragment, null, ...sayInPieces<Id, ReactNode>(id, values, TAGS));
}
