export { rules } from './all.ts';
export { frameworkOf, type Preset, presets, severitiesOf } from './presets/index.ts';
export * from './policy/index.ts';
