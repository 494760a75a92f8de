import * as fc from 'fast-check';
import {
  type Action,
  type Call,
  type Caught,
  type Clause,
  type Fn,
  type Given,
  MODELS,
  type Node,
  type RandomProgram,
} from './random-program.ts';

const caught = fc.constantFrom<Caught>(...MODELS, 'ObjectDoesNotExist', 'Exception', 'Trouble', 'KeyError');

const clause: fc.Arbitrary<Clause> = fc.record({
  caught: fc.array(caught, { minLength: 1, maxLength: 2 }),
  action: fc.constantFrom<Action>('swallow', 'report', 'reraise', 'answer', 'convert'),
});

const { node } = fc.letrec<{ node: Node }>((tie) => {
  const block = (minLength: number, maxLength: number): fc.Arbitrary<readonly Node[]> =>
    fc.array(tie('node'), { minLength, maxLength, depthIdentifier: 'node' });
  return {
    node: fc.oneof(
      { depthIdentifier: 'node', maxDepth: 3, withCrossShrink: true },
      {
        weight: 3,
        arbitrary: fc.record({ kind: fc.constant<'lookup'>('lookup'), model: fc.constantFrom(...MODELS) }),
      },
      {
        weight: 5,
        arbitrary: fc.record({
          kind: fc.constant<'call'>('call'),
          arg: fc.constantFrom<Given>('same', 'same', 'text', 'entry', 'cache', 'literal'),
          to: fc.nat(20),
          back: fc.integer({ min: 0, max: 7 }).map((n) => n === 7),
          via: fc.constantFrom<Call['via']>('name', 'name', 'table', 'partial', 'lambda'),
        }),
      },
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constant<'try'>('try'),
          body: block(1, 2),
          clauses: fc.array(clause, { minLength: 1, maxLength: 2 }),
          orelse: block(0, 1),
          finalbody: block(0, 1),
        }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant<'with'>('with'), caught, body: block(1, 2) }) },
    ),
  };
});

const fn: fc.Arbitrary<Fn> = fc.record({
  file: fc.nat(3),
  task: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
  quiet: fc.oneof({ weight: 5, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: caught }),
  body: fc.array(node, { minLength: 1, maxLength: 3 }),
});

/** Programs of two to seven functions in up to four files. */
export const programs: fc.Arbitrary<RandomProgram> = fc.record({
  fns: fc.array(fn, { minLength: 2, maxLength: 7 }),
});
