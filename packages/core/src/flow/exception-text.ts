import { type ExceptionRef, lastPart } from './exceptions.ts';

/** `Detector.DoesNotExist` and the like, for messages. */
export function exceptionName(ref: ExceptionRef): string {
  switch (ref.kind) {
    case 'missing':
      return `${ref.model?.name ?? 'Model'}.DoesNotExist`;
    case 'object-missing':
      return 'ObjectDoesNotExist';
    case 'class':
      return ref.cls.name;
    case 'external':
      return lastPart(ref.name);
    case 'any':
      return 'an exception';
  }
}

export function exceptionKey(ref: ExceptionRef): string {
  switch (ref.kind) {
    case 'missing':
      return `missing ${ref.model?.key ?? '?'}${ref.attribute === true ? ' attribute' : ''}`;
    case 'class':
      return `class ${ref.cls.key}`;
    case 'external':
      return `external ${ref.name}`;
    default:
      return ref.kind;
  }
}
