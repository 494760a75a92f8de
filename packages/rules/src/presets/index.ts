import type { Preset } from './preset.ts';
import { recommended } from './recommended.ts';
import { sentry } from './sentry.ts';
import { strict } from './strict.ts';

export type { Preset } from './preset.ts';
export { frameworkOf, severitiesOf } from './combine.ts';

/** The presets that ship with danglint, by name. */
export const presets: ReadonlyMap<string, Preset> = new Map(
  [recommended, strict, sentry].map((preset) => [preset.name, preset]),
);
