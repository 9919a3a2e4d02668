/**
 * Goal: every error code has somebody who says it; a sentence that nobody can ever read goes.
 * Method: each code of shared/errors.ts is looked for, in quotes, in the product's other files.
 */

import { describe, expect, it } from 'vitest';
import { CODES } from '../../shared/errors.ts';
import { PRODUCT, sourceFiles, withoutComments } from './tree.ts';

const product = sourceFiles(PRODUCT)
  .filter((file) => file.path !== 'shared/errors.ts')
  .map((file) => withoutComments(file.text))
  .join('\n');

describe('the error code', () => {
  it.each(Object.keys(CODES))('%s is used', (code) => {
    expect(product.includes(`'${code}'`)).toBe(true);
  });
});
