import { DEFAULT_FIX_SETTINGS } from '@danglint/core';
import { domain } from './domain.ts';
import { key } from './key.ts';
import { receiver, statement } from './python.ts';
import { bool, choice, glob, integer, list, text } from './value.ts';

const none: readonly never[] = [];
const names = list(text);

export const django = {
  lookupMethods: key(
    'django.lookup-methods',
    names,
    none,
    'More methods that raise when the row is missing.',
    'django.lookup-methods = ["get_by_slug"]',
  ),
  managerNames: key(
    'django.manager-names',
    names,
    none,
    'More names of managers, beside `objects`.',
    'django.manager-names = ["all_objects"]',
  ),
  baseModels: key(
    'django.base-models',
    names,
    none,
    'Base classes of models that stand outside this tree.',
    'django.base-models = ["acme.db.BaseModel"]',
  ),
  taskDecorators: key(
    'django.task-decorators',
    names,
    none,
    'More decorators that make a task.',
    'django.task-decorators = ["acme.queue.job"]',
  ),
  externalIdSources: key(
    'django.external-id-sources',
    names,
    none,
    'More modules whose results hold ids that may be stale.',
    'django.external-id-sources = ["acme.search"]',
  ),
  handledBy: key(
    'django.handled-by',
    names,
    none,
    'Modules or functions that answer a missing row themselves.',
    'django.handled-by = ["acme.api.not_found_boundary"]',
  ),
  raises: key(
    'django.raises',
    names,
    none,
    'Functions that raise `DoesNotExist` when the row is missing.',
    'django.raises = ["acme.db.fetch_one"]',
  ),
  exemptPaths: key(
    'django.exempt-paths',
    list(glob, true),
    none,
    'Files in which a crash is watched by a person, as globs from the project root: findings there are `info`.',
    'django.exempt-paths = ["tools/**"]',
  ),
};

export const domains = {
  domains: key(
    'domains',
    list(domain, true),
    none,
    'Parts of the program whose lookups of some models count as a rule of their own.',
    '[[tool.danglint.domains]]\nname = "billing"\nmodels = ["Subscription"]\npaths = ["billing/**"]\nseverity = "error"',
  ),
};

export const fix = {
  apply: key(
    'fix.apply',
    bool,
    false,
    'Fix as if `--fix` had been given. `fix = true` says the same.',
    'fix.apply = true',
  ),
  style: key(
    'fix.style',
    choice('auto', 'first', 'try'),
    DEFAULT_FIX_SETTINGS.style,
    'Shape of rewritten lookups: `.filter().first()`, `try`/`except`, or what fits best.',
    'fix.style = "try"',
  ),
  logger: key(
    'fix.logger',
    receiver,
    DEFAULT_FIX_SETTINGS.logger,
    'Name of the logger where a file has none yet.',
    'fix.logger = "log"',
  ),
  logLevel: key(
    'fix.log-level',
    choice('debug', 'info', 'warning'),
    DEFAULT_FIX_SETTINGS.logLevel,
    'Level of the log line.',
    'fix.log-level = "warning"',
  ),
  logKey: key(
    'fix.log-key',
    text,
    DEFAULT_FIX_SETTINGS.logKey,
    'Event of the log line; `{model}` is the name of the model in snake_case.',
    'fix.log-key = "missing.{model}"',
  ),
  notFound: key(
    'fix.not-found',
    statement,
    DEFAULT_FIX_SETTINGS.notFound,
    'What to do when the row is missing: `return`, `continue`, `raise Http404`, or a statement of your own with `{model}`.',
    'fix.not-found = "return handle_missing_{model}()"',
  ),
  loop: key(
    'fix.loop',
    choice('each', 'batch'),
    'each',
    'What to do about a lookup for every item of a loop: answer each one, or load all rows in one query where that can be done.',
    'fix.loop = "batch"',
  ),
  lineLength: key(
    'fix.line-length',
    integer(0, 1000),
    0,
    'Longest line that a fix writes; 0: what ruff or black are told in the nearest `pyproject.toml` or `ruff.toml`, else as the file itself has it.',
    'fix.line-length = 100',
  ),
};
