import {
  type ClassInfo,
  type FunctionInfo,
  nameIndex,
  type NameIndex,
  type Program,
  push,
} from '../project/index.ts';
import { type Call, type Expr, type Stmt, walkStmts } from '../syntax/index.ts';
import type { Step } from './origin-steps.ts';
import { checkedByValidators, checksItself } from './own-checks.ts';
import { lastName } from './site-table.ts';

/** Field classes whose values are looked up among choices or rows while the form or serializer is checked. */
const CHECKED = /(Choice|Related)Field$/;

/** Those that look at rows, whatever else their choices may be. */
const OF_ROWS = /(Model(Multiple)?ChoiceField|RelatedField)$/;

/** Fields of forms and serializers by name; true where the field checks its value against what there is. */
const fieldsOf = nameIndex((module): ReadonlyMap<string, readonly boolean[]> => {
  const out = new Map<string, boolean[]>();
  for (const fn of module.functions) {
    if (
      fn.cls === null ||
      !isForm(
        fn.cls.def.bases.map(({ value }) => value),
        fn.cls.name,
      )
    )
      continue;
    const ofBody = fn.cls.bodyScope === fn;
    walkStmts(
      fn.body,
      (stmt) => {
        const field = fieldOf(stmt);
        if (field === null || stmt.kind !== 'Assign') return;
        for (const target of stmt.targets) {
          const name = ofBody ? nameOf(target) : keyOf(target);
          if (name !== null) push(out, name, isChecked(field));
        }
      },
      (stmt) => stmt.kind !== 'FunctionDef' && stmt.kind !== 'ClassDef',
    );
  }
  return out;
});

function isForm(bases: readonly Expr[], name: string): boolean {
  return [name, ...bases.map((base) => lastName(base) ?? '')].some((word) => /(Form|Serializer)$/.test(word));
}

/** The call of a field class that an assignment makes. */
function fieldOf(stmt: Stmt): Call | null {
  const call = stmt.kind === 'Assign' && stmt.value?.kind === 'Call' ? stmt.value : null;
  return call !== null && lastName(call.func)?.endsWith('Field') === true ? call : null;
}

function nameOf(target: Expr): string | null {
  return target.kind === 'Name' ? target.id : null;
}

/** `self.fields["name"] = ...`. */
function keyOf(target: Expr): string | null {
  if (target.kind !== 'Subscript' || lastName(target.value) !== 'fields') return null;
  return target.index.kind === 'Constant' && target.index.type === 'str' ? target.index.value : null;
}

/** Knows which cleaned values of forms and serializers are choices among rows: checked in the same request, they were there a moment ago. */
export class Choices {
  readonly #program: Program;
  readonly #fields: NameIndex<boolean>;

  constructor(program: Program) {
    this.#program = program;
    this.#fields = fieldsOf(program);
  }

  /** True when every form and serializer of the program that has a field of that name checks it so. */
  has(name: string): boolean {
    const found = this.#fields.of(name);
    return found.length > 0 && found.every(Boolean);
  }

  /**
   * True when a value that one of `by` cleaned was checked: by its field, by a method of its own; or was never the client's. Those that
   * have no such field say nothing; where none has one, all fields of that name do.
   */
  cleaned(name: string, by: readonly ClassInfo[], at: FunctionInfo): boolean {
    const checks = by.flatMap((cls): readonly boolean[] => {
      if (checksItself(this.#program, cls, name, at)) return [true];
      const own = this.#field(cls, name);
      if (own === null) return [];
      return [isChecked(own) || isDisabled(own) || checkedByValidators(this.#program, own, cls.bodyScope)];
    });
    if (checks.length > 0) return checks.every(Boolean);
    const below = by.flatMap((cls) => this.#program.hierarchy.subclasses(cls));
    return below.some((cls) => this.#field(cls, name) !== null)
      ? this.cleaned(name, below, at)
      : this.has(name);
  }

  /** True for an item that a method of a serializer gets in its validated data, when the serializer, or the one inside it, checks it. */
  given(fn: FunctionInfo, [step, inner]: readonly Step[]): boolean {
    if (typeof step !== 'string' || fn.cls === null) return false;
    return this.cleaned(step, [fn.cls], fn) || this.#inside(fn.cls, step, inner, fn);
  }

  /** `language = LanguageSerializer()`: a serializer as a field, which checks the item of that name; any, where the whole is asked for. */
  #inside(form: ClassInfo, name: string, step: Step | undefined, at: FunctionInfo): boolean {
    for (const cls of this.#program.hierarchy.mro(form)) {
      const value =
        typeof cls === 'string' ? undefined : cls.bodyScope.scope.bindings.get(name)?.at(-1)?.source;
      if (typeof cls === 'string' || value?.kind !== 'assign' || value.value?.kind !== 'Call') continue;
      const symbol = this.#program.symbols.of(value.value.func, cls.bodyScope);
      if (symbol?.kind !== 'class') return false;
      const names = typeof step === 'string' ? [step] : validated(symbol.cls);
      return names.some((one) => checksItself(this.#program, symbol.cls, one, at));
    }
    return false;
  }

  /** True when the field of that name keeps what the view began the form with: it is always valid. */
  disabled(form: ClassInfo, name: string): boolean {
    const field = this.#field(form, name);
    return field !== null && isDisabled(field);
  }

  /** True when the field of that name of this very form, or of the nearest of its bases that has one, looks at rows. */
  in(form: ClassInfo, name: string): boolean {
    const field = this.#field(form, name);
    return field !== null && OF_ROWS.test(lastName(field.func) ?? '');
  }

  /** The call that makes a field: in the body of the class, or by `self.fields["name"] = ...` in one of its methods. */
  #field(form: ClassInfo, name: string): Call | null {
    for (const cls of this.#program.hierarchy.mro(form)) {
      if (typeof cls === 'string') continue;
      const made = cls.methods.get('__init__')?.body ?? [];
      for (const [body, nameOfTarget] of [
        [made, keyOf],
        [cls.def.body, nameOf],
      ] as const) {
        const found = assigned(body, name, nameOfTarget);
        if (found !== null) return found;
      }
    }
    return null;
  }
}

/** The names that a serializer has a method of its own for. */
function validated(cls: ClassInfo): readonly string[] {
  return [...cls.methods.keys()].flatMap((name) =>
    name.startsWith('validate_') ? [name.slice('validate_'.length)] : [],
  );
}

function assigned(
  body: readonly Stmt[],
  name: string,
  nameOfTarget: (target: Expr) => string | null,
): Call | null {
  let found: Call | null = null;
  walkStmts(
    body,
    (stmt) => {
      const field = fieldOf(stmt);
      if (field !== null && stmt.kind === 'Assign' && stmt.targets.some((to) => nameOfTarget(to) === name))
        found = field;
    },
    (stmt) => stmt.kind !== 'FunctionDef' && stmt.kind !== 'ClassDef',
  );
  return found;
}

/** `disabled=True`: the field keeps what the view began the form with, whatever a client sends. */
function isDisabled({ args }: Call): boolean {
  return args.some(
    ({ name, value }) => name === 'disabled' && value.kind === 'Constant' && value.value === 'True',
  );
}

/** A field of choices or rows, or a list of such. */
function isChecked(field: Call): boolean {
  const child = field.args.find(({ name }) => name === 'child')?.value;
  return CHECKED.test(lastName(field.func) ?? '') || (child?.kind === 'Call' && isChecked(child));
}
