import { CONFIG_NAMES } from '../config/files.ts';
import { DEFAULT_BASELINE } from '../config/keys-general.ts';

/** Names of files that may decide about findings. */
export const WATCHED: readonly string[] = [...CONFIG_NAMES, DEFAULT_BASELINE, '.gitignore'];
