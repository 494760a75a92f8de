import type { Rule } from '@danglint/core';
import { abstractDoesNotExist } from './abstract-does-not-exist.ts';
import { billingLookup } from './billing-lookup.ts';
import { cachedIdLookup } from './cached-id-lookup.ts';
import { chainedLookup } from './chained-lookup.ts';
import { containedMissingRow } from './contained-missing-row.ts';
import { crossSiloLookup } from './cross-silo-lookup.ts';
import { danglingOnDelete } from './dangling-on-delete.ts';
import { deadMissingHandler } from './dead-missing-handler.ts';
import { deadNoneCheck } from './dead-none-check.ts';
import { domainLookup } from './domain-lookup.ts';
import { failedRule } from './failed-rule.ts';
import { firstRowByIndex } from './first-row-by-index.ts';
import { getThenDelete } from './get-then-delete.ts';
import { handlerRunsTooEarly } from './handler-runs-too-early.ts';
import { integrationLookup } from './integration-lookup.ts';
import { invalidSyntax } from './invalid-syntax.ts';
import { ioError } from './io-error.ts';
import { lookupInLoop } from './lookup-in-loop.ts';
import { messagePayloadLookup } from './message-payload-lookup.ts';
import { monitorLookup } from './monitor-lookup.ts';
import { raisingGetter } from './raising-getter.ts';
import { requestLookup } from './request-lookup.ts';
import { reraisedMissingRow } from './reraised-missing-row.ts';
import { searchIndexLookup } from './search-index-lookup.ts';
import { softReferenceLookup } from './soft-reference-lookup.ts';
import { taskArgumentLookup } from './task-argument-lookup.ts';
import { taskBeforeCommit } from './task-before-commit.ts';
import { uncheckedOptionalRow } from './unchecked-optional-row.ts';
import { uncheckedRowMap } from './unchecked-row-map.ts';
import { unhandledCachedLookup } from './unhandled-cached-lookup.ts';
import { unhandledLookup } from './unhandled-lookup.ts';
import { unhandledRefresh } from './unhandled-refresh.ts';
import { unhandledRelation } from './unhandled-relation.ts';
import { unknownCode } from './unknown-code.ts';
import { unusedIgnore } from './unused-ignore.ts';
import { workflowLookup } from './workflow-lookup.ts';
import { wrongModelHandler } from './wrong-model-handler.ts';

/** Every rule, by code. A test sees to it that no file is forgotten. */
export const rules: readonly Rule[] = [
  unhandledLookup,
  unhandledCachedLookup,
  chainedLookup,
  unhandledRelation,
  unhandledRefresh,
  firstRowByIndex,
  uncheckedOptionalRow,
  uncheckedRowMap,
  raisingGetter,
  taskArgumentLookup,
  messagePayloadLookup,
  searchIndexLookup,
  cachedIdLookup,
  softReferenceLookup,
  crossSiloLookup,
  requestLookup,
  workflowLookup,
  monitorLookup,
  billingLookup,
  integrationLookup,
  domainLookup,
  reraisedMissingRow,
  wrongModelHandler,
  deadMissingHandler,
  deadNoneCheck,
  containedMissingRow,
  abstractDoesNotExist,
  handlerRunsTooEarly,
  lookupInLoop,
  danglingOnDelete,
  taskBeforeCommit,
  getThenDelete,
  unusedIgnore,
  ioError,
  invalidSyntax,
  unknownCode,
  failedRule,
];
