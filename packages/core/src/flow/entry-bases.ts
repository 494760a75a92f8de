import type { ClassInfo, Program } from '../project/index.ts';
import { dottedName } from '../syntax/index.ts';

/** Names of the classes that tell what frameworks do with a class. */
export class EntryBases {
  readonly #program: Program;
  readonly #known = new Map<ClassInfo, readonly string[]>();

  constructor(program: Program) {
    this.#program = program;
  }

  /**
   * The class and its bases by dotted name. A mixin, of which no package's class is a base, is to a framework what the classes are
   * that it is mixed into.
   */
  of(cls: ClassInfo): readonly string[] {
    const known = this.#known.get(cls);
    if (known !== undefined) return known;
    const lines = this.#isMixin(cls) ? [cls, ...this.#program.hierarchy.subclasses(cls)] : [cls];
    const names = [...new Set(lines.flatMap((line) => this.#names(line)))];
    this.#known.set(cls, names);
    return names;
  }

  #isMixin(cls: ClassInfo): boolean {
    const { hierarchy } = this.#program;
    return (
      hierarchy.kind(cls) === 'plain' &&
      hierarchy.mro(cls).every((base) => typeof base !== 'string' || isObject(base))
    );
  }

  #names(cls: ClassInfo): string[] {
    return this.#program.hierarchy
      .mro(cls)
      .flatMap((base) => (typeof base === 'string' ? base : [base.key, ...writtenBases(base)]));
  }
}

const isObject = (base: string): boolean => /^(builtins\.)?object$/.test(base);

/** `app.Task` where `app` is a value of the program: no class that the hierarchy knows. */
function writtenBases(cls: ClassInfo): string[] {
  return cls.def.bases.flatMap((base) =>
    base.name === null && base.value.kind === 'Attribute' ? (dottedName(base.value) ?? []) : [],
  );
}

/** A class that Django makes with the rest of the request's way: `def __init__(self, get_response)`. */
export function isMiddlewareClass(cls: ClassInfo): boolean {
  return cls.methods.get('__init__')?.params[1]?.name === 'get_response';
}
