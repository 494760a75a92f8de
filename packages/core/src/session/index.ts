export type { FileHost, Progress, ReadResult, SessionOptions } from './options.ts';
export { Session } from './session.ts';
