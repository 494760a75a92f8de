import {
  dottedName,
  enclosingStmts,
  type Expr,
  type FixRequest,
  type Recipe,
  type Span,
} from '@danglint/core';
import { replacement } from '../build/edit.ts';
import { hazardDoubts } from './branch.ts';
import { exceptionAt } from './exception.ts';
import { outsideTry } from './leaving.ts';
import { placeOf } from './place.ts';
import { fixOf, refuse } from './result.ts';
import { NO_NAME } from './write/site.ts';
import { finished } from './write/written.ts';

const NAME = { name: 'right-class', pattern: 'right-class' };

/** A handler that names another model than the one that can be missing gets the right class; its own branch then runs. */
export const rightClass: Recipe = {
  ...NAME,
  build(request) {
    const { judgement, source } = request;
    const defect = judgement.defects.find((item) => item.kind === 'wrong-model');
    const found = placeOf(request);
    if ('reason' in found) return refuse(NAME, found.reason);
    if (defect === undefined) return refuse(NAME, 'no handler names another model');
    const exception = exceptionAt(request, found.place);
    if (exception === null) return refuse(NAME, NO_NAME);
    const type = handlerType(request, defect.at);
    const wrong = type === null ? [] : namesOf(type).filter((expr) => isClassOf(expr, defect.named));
    const [only] = wrong;
    if (wrong.length !== 1 || only === undefined)
      return refuse(NAME, 'the class to replace is not spelled in the handler');
    const text = source.text.slice(only.start, only.end);
    const written = finished([replacement(only.start, only.end, exception.text)], exception.imports);
    const doubts = [
      ...hazardDoubts(judgement.lookup.host.hazards, 'jump'),
      ...outsideTry(enclosingStmts(request.facts.body, defect.at)),
    ];
    return fixOf(request, NAME, `Catch ${exception.text} instead of ${text}`, written, doubts);
  },
};

/** The type of the handler that stands at a place. */
function handlerType({ facts }: FixRequest, at: Span): Expr | null {
  const stmt = enclosingStmts(facts.body, at).findLast((item) => item.kind === 'Try');
  const handler = stmt?.handlers.find(
    ({ type }) => type !== null && type.start <= at.start && at.end <= type.end,
  );
  return handler?.type ?? null;
}

function namesOf(type: Expr): readonly Expr[] {
  return type.kind === 'Tuple' ? type.elts : [type];
}

function isClassOf(expr: Expr, model: string): boolean {
  const name = dottedName(expr);
  return name === `${model}.DoesNotExist` || name?.endsWith(`.${model}.DoesNotExist`) === true;
}
