import type { Recipe, RecipeRegistry } from '@danglint/core';
import { attributeDefault } from './attribute-default.ts';
import { batch } from './batch.ts';
import { continueLoop } from './continue.ts';
import { deadNoneCheck } from './dead-none-check.ts';
import { dropReraise } from './drop-reraise.ts';
import { filterDelete } from './filter-delete.ts';
import { first } from './first.ts';
import { getterNone } from './getter-none.ts';
import { http404 } from './http-404.ts';
import { narrowHandler } from './narrow-handler.ts';
import { cascade } from './observed/cascade.ts';
import { deadHandler } from './observed/dead-handler.ts';
import { firstGuard } from './observed/first-guard.ts';
import { leaveHandler } from './observed/leave-handler.ts';
import { mapGet } from './observed/map-get.ts';
import { noneGuard } from './observed/none-guard.ts';
import { objectDoesNotExist } from './observed/object-does-not-exist.ts';
import { onCommit } from './observed/on-commit.ts';
import { rawId } from './raw-id.ts';
import { rightClass } from './right-class.ts';
import { skip } from './skip.ts';
import { tryExcept } from './try-except.ts';

const ALL: readonly Recipe[] = [
  skip,
  continueLoop,
  first,
  tryExcept,
  http404,
  dropReraise,
  deadNoneCheck,
  filterDelete,
  getterNone,
  rightClass,
  narrowHandler,
  batch,
  rawId,
  attributeDefault,
  firstGuard,
  mapGet,
  noneGuard,
  leaveHandler,
  deadHandler,
  objectDoesNotExist,
  onCommit,
  cascade,
];

/** Every recipe by the name that rules ask for. */
export const recipes: RecipeRegistry = new Map(ALL.map((recipe) => [recipe.name, recipe]));
