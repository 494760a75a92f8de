import { FORMAT_NAMES } from '../format/names.ts';
import { PRODUCTION_FILE } from '../production/store.ts';
import { DEFAULT_EXCLUDE } from './exclude.ts';
import { key } from './key.ts';
import { bool, choice, folder, glob, list, path, text } from './value.ts';

/** The baseline that is used where it exists. */
export const DEFAULT_BASELINE = '.danglint-baseline.json';

const none: readonly never[] = [];
const defaultExclude = DEFAULT_EXCLUDE.map((pattern) => ({ pattern, base: '' }));

export const general = {
  presets: key(
    'presets',
    list(choice('recommended', 'strict', 'sentry')),
    ['recommended'],
    'Sets of framework knowledge and severities. Where nothing chooses any, a code base that has [a preset of its own](presets.md) gets it too.',
    'presets = ["recommended", "sentry"]',
  ),
  plugins: key(
    'plugins',
    list(text, true),
    none,
    'Modules with rules of your own: paths, relative to this file, or names of npm packages that are installed beside it. See [Plugins](plugins.md).',
    'plugins = ["./lint/our_rules.js"]',
  ),
  requiredVersion: key(
    'required-version',
    text,
    '',
    'Versions of danglint that may run here: a version or a range. Any other one stops with exit code 2.',
    'required-version = ">=1.0,<2"',
  ),
  extend: key(
    'extend',
    text,
    '',
    'Another configuration file to start from, relative to this one. What this file says replaces it; `extend-*`, `ignore` and tables add to it.',
    'extend = "../danglint.toml"',
  ),
  preview: key(
    'preview',
    bool,
    false,
    'Run rules that are not final yet; there are none in this version.',
    'preview = true',
  ),
  outputFormat: key(
    'output-format',
    choice(...FORMAT_NAMES),
    'full',
    'How findings are printed.',
    'output-format = "concise"',
  ),
  baseline: key(
    'baseline',
    path,
    DEFAULT_BASELINE,
    'File of known findings that are not reported, relative to the project root; empty for none. The default counts where the file exists.',
    'baseline = "tools/danglint-baseline.json"',
  ),
  production: key(
    'production',
    list(path),
    [PRODUCTION_FILE],
    'Files of production data: what `danglint production import` wrote, or issues and events as Sentry exports them. Relative to the project root. The default counts where the file exists.',
    'production = ["sentry-issues.json"]',
  ),
  unsafeFixes: key(
    'unsafe-fixes',
    bool,
    false,
    'Let `--fix` and `--diff` apply unsafe fixes too.',
    'unsafe-fixes = true',
  ),
  showFixes: key('show-fixes', bool, false, 'After `--fix`, list what was fixed.', 'show-fixes = true'),
};

export const files = {
  src: key(
    'src',
    list(folder, true),
    none,
    'Folders that absolute imports start from, relative to the folder of the configuration file. Most are read off the tree: the top, folders with `manage.py` or `setup.py`, folders named `src`, parents of top-level packages. Name here those that only `sys.path` knows.',
    'src = ["backend/apps"]',
  ),
  exclude: key(
    'exclude',
    list(glob),
    defaultExclude,
    'Files and folders that are left out. A pattern without a slash is matched against names, one with a slash against the path below the folder of the configuration file. Replaces the default list; `extend-exclude` adds to it. Excluded files are not read at all.',
    'exclude = ["legacy", "*/generated/*"]',
  ),
  extendExclude: key(
    'extend-exclude',
    list(glob, true),
    none,
    'More files and folders to leave out, on top of `exclude`.',
    'extend-exclude = ["scripts"]',
  ),
  respectGitignore: key(
    'respect-gitignore',
    bool,
    true,
    'Leave out what `.gitignore` files (nested ones too) and `.git/info/exclude` name.',
    'respect-gitignore = false',
  ),
  forceExclude: key(
    'force-exclude',
    bool,
    false,
    'Leave out excluded files even when they are named on the command line, as pre-commit does.',
    'force-exclude = true',
  ),
  cacheDir: key(
    'cache-dir',
    text,
    '.danglint_cache',
    'Folder of the cache, relative to the project root.',
    'cache-dir = ".cache/danglint"',
  ),
  cacheStrategy: key(
    'cache-strategy',
    choice('metadata', 'content'),
    'metadata',
    'How the cache knows that a file is as it was: by its size, times and inode, or by reading it. `content` is for machines where times lie.',
    'cache-strategy = "content"',
  ),
};
