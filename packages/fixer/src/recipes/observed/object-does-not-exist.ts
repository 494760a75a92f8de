import { dottedName, enclosingStmts, type Expr, type Recipe } from '@danglint/core';
import { spell } from '../../build/bindings.ts';
import { replacement } from '../../build/edit.ts';
import { hazardDoubts } from '../branch.ts';
import { outsideTry } from '../leaving.ts';
import { fixOf, refuse } from '../result.ts';
import { finished } from '../write/written.ts';
import { asLookup } from './as-lookup.ts';

const NAME = { name: 'object-does-not-exist', pattern: 'right-class' };

/** `except AbstractBase.DoesNotExist`, which dies itself, becomes `except ObjectDoesNotExist`. */
export const objectDoesNotExist: Recipe = {
  ...NAME,
  build: () => refuse(NAME, 'no handler names an abstract model here'),
  observe(request) {
    const { observation, facts } = request;
    if (observation.kind !== 'abstract-handler')
      return refuse(NAME, 'no handler names an abstract model here');
    const chain = enclosingStmts(facts.body, observation.handler);
    const stmt = chain.findLast((item) => item.kind === 'Try');
    const handler = stmt?.handlers.find(({ start }) => start === observation.handler.start);
    const functions = chain.filter((item) => item.kind === 'FunctionDef');
    const wrong =
      handler?.type == null
        ? []
        : parts(handler.type).filter((expr) => dottedName(expr) === `${observation.named}.DoesNotExist`);
    const [only] = wrong;
    const spelling = spell(facts, functions, {
      module: 'django.core.exceptions',
      name: 'ObjectDoesNotExist',
    });
    if (stmt === undefined || wrong.length !== 1 || only === undefined)
      return refuse(NAME, 'the class to replace is not spelled in the handler');
    if (spelling === null) return refuse(NAME, 'the name `ObjectDoesNotExist` means something else here');
    const written = finished([replacement(only.start, only.end, spelling.text)], spelling.imports);
    const doubts = [
      ...(stmt.body.length === 1 ? [] : ['other statements of the `try` may miss a row of another model']),
      ...hazardDoubts(observation.host.hazards, 'jump'),
      ...outsideTry(chain),
    ];
    const inner = asLookup(request, { at: only, model: null, keys: [] });
    return fixOf(
      inner,
      NAME,
      `Catch ObjectDoesNotExist instead of ${observation.named}.DoesNotExist`,
      written,
      doubts,
    );
  },
};

function parts(type: Expr): readonly Expr[] {
  return type.kind === 'Tuple' ? type.elts : [type];
}
