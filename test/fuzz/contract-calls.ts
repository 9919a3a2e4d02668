/**
 * Calls of the contract, invented from its schemas: ones that fit, ones that hardly do not, and ones
 * that are nothing. What fits is judged by a reading of JSON Schema of our own, not by the validator
 * that is being tried.
 */

import { z } from 'zod';
import type { Chance } from './chance.ts';

/** What we use of JSON Schema; anything else in a schema is an error here. */
export interface Shape {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly items?: Shape;
  readonly maxItems?: number;
  readonly anyOf?: readonly Shape[];
  /** Shapes of which no value fits two. */
  readonly oneOf?: readonly Shape[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly contentEncoding?: string;
}

export const shapeOf = (schema: z.ZodType): Shape => z.toJSONSchema(schema) as Shape;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const isWithin = ({ minimum, maximum }: Shape, value: number): boolean =>
  value >= (minimum ?? Number.NEGATIVE_INFINITY) && value <= (maximum ?? Number.POSITIVE_INFINITY);

/** Whether a value is of a shape. */
export function fits(shape: Shape, value: unknown): boolean {
  if (shape.anyOf) return shape.anyOf.some((one) => fits(one, value));
  if (shape.oneOf) return shape.oneOf.filter((one) => fits(one, value)).length === 1;
  if ('const' in shape) return value === shape.const;
  if (shape.enum) return shape.enum.includes(value);
  switch (shape.type) {
    case 'object': {
      if (!isObject(value)) return false;
      const properties = shape.properties ?? {};
      return (
        Object.keys(value).every((name) => Object.hasOwn(properties, name)) &&
        (shape.required ?? []).every((name) => Object.hasOwn(value, name)) &&
        Object.entries(properties).every(
          ([name, one]) => value[name] === undefined || fits(one, value[name]),
        ) &&
        (shape.required ?? []).every((name) => value[name] !== undefined)
      );
    }
    case 'array':
      return (
        Array.isArray(value) &&
        value.length <= (shape.maxItems ?? Number.POSITIVE_INFINITY) &&
        // `every` passes over holes.
        Array.from(value).every((one) => fits(shape.items ?? {}, one))
      );
    case 'string':
      return (
        typeof value === 'string' &&
        value.length >= (shape.minLength ?? 0) &&
        value.length <= (shape.maxLength ?? Number.POSITIVE_INFINITY) &&
        (shape.contentEncoding !== 'base64' || BASE64.test(value))
      );
    case 'integer':
      return Number.isSafeInteger(value) && isWithin(shape, value as number);
    case 'number':
      return Number.isFinite(value) && isWithin(shape, value as number);
    case 'boolean':
      return typeof value === 'boolean';
    case 'null':
      return value === null;
    default:
      throw new Error(`a shape that is not known here: ${JSON.stringify(shape)}`);
  }
}

/** A value that fits. */
export function fitting(shape: Shape, chance: Chance): unknown {
  const shapes = shape.anyOf ?? shape.oneOf;
  if (shapes) return fitting(chance.pick(shapes), chance);
  if ('const' in shape) return shape.const;
  if (shape.enum) return chance.pick(shape.enum);
  switch (shape.type) {
    case 'object': {
      const value: Record<string, unknown> = {};
      for (const [name, one] of Object.entries(shape.properties ?? {})) {
        if (shape.required?.includes(name) || chance.chance(0.5))
          value[name] = fitting(one, chance);
      }
      return value;
    }
    case 'array':
      return Array.from({ length: chance.small(5) }, () => fitting(shape.items ?? {}, chance));
    case 'string': {
      if (shape.contentEncoding === 'base64')
        return chance.bytes(chance.small(40)).toString('base64');
      const length = Math.min(shape.maxLength ?? 50, (shape.minLength ?? 0) + chance.small(40));
      return chance.bytes(length).toString('latin1');
    }
    case 'number':
    case 'integer':
      return chance.integer(shape.minimum ?? 0, Math.min(shape.maximum ?? 1e6, 1e6));
    case 'null':
      return null;
    default:
      return chance.chance(0.5);
  }
}

/** Values that no method wants, all of which can come through a port. */
export const JUNK: readonly unknown[] = [
  null,
  undefined,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  -0,
  -1,
  0.5,
  2 ** 53,
  1e308,
  '',
  '\0',
  '\ud800',
  '__proto__',
  'x'.repeat(100_000),
  '../../etc/passwd',
  [],
  {},
  true,
  10n,
  new Date(0),
  new Map([['keys', []]]),
  new Uint8Array(8),
  JSON.parse('{"__proto__": {"polluted": true}}'),
  JSON.parse('{"constructor": {"prototype": {"polluted": true}}}'),
  Object.create(null),
  nested(5000),
];

function nested(depth: number): unknown {
  let value: unknown = [];
  for (let left = depth; left > 0; left--) value = left % 2 ? [value] : { keys: value };
  return value;
}

const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'keys', 'path', '', 'length'];

/** A value with something in it that was not. */
export function spoilt(value: unknown, chance: Chance): unknown {
  if (chance.chance(0.2)) return chance.pick(JUNK);
  if (Array.isArray(value)) {
    const at = chance.integer(0, value.length);
    return [...value.slice(0, at), chance.pick(JUNK), ...value.slice(at + chance.integer(0, 1))];
  }
  if (!isObject(value)) return chance.chance(0.5) ? [value] : chance.pick(JUNK);
  const names = Object.keys(value);
  const copy: Record<string, unknown> = { ...value };
  const name = names.length > 0 && chance.chance(0.7) ? chance.pick(names) : chance.pick(NAMES);
  const kind = chance.integer(0, 2);
  if (kind === 0) delete copy[name];
  else {
    const put = kind === 1 ? spoilt(copy[name], chance) : chance.pick(JUNK);
    Object.defineProperty(copy, name, { value: put, enumerable: true, writable: true });
  }
  return copy;
}
