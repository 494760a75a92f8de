import { dottedName, type Expr } from '../syntax/index.ts';

/** A name that is tested for a class, and the last name of that class. */
export interface InstanceTest {
  readonly value: Extract<Expr, { kind: 'Name' }>;
  readonly of: string;
}

/** The two names of `isinstance(order, Order)`; null for any other test. */
export function instanceTest(test: Expr): InstanceTest | null {
  if (test.kind !== 'Call' || test.func.kind !== 'Name' || test.func.id !== 'isinstance') return null;
  const [value, type] = test.args.map((arg) => arg.value);
  const of = type === undefined ? null : dottedName(type);
  return value?.kind === 'Name' && of !== null ? { value, of: of.slice(of.lastIndexOf('.') + 1) } : null;
}
