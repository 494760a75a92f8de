export { declaredEncoding, type Encoding } from './encoding.ts';
export { errorCode, ioMessage } from './io-error.ts';
export { LineIndex, type Location } from './line-index.ts';
export { BEHIND_ALL, contains, type Offset, offset, overlaps, type Span, span } from './offset.ts';
export { absolutePath, below, relativeTo, slashes } from './paths.ts';
export {
  type Decoded,
  type DecodeFailure,
  decode,
  encode,
  MAX_BYTES,
  type Newline,
  type SourceFile,
} from './source-file.ts';
