import { type ClassInfo, type Program, push, nameIndex, type NameIndex } from '../project/index.ts';
import { type Expr, type Stmt, walkStmts } from '../syntax/index.ts';
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
          if (name !== null) push(out, name, CHECKED.test(field));
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

/** The field class that an assignment calls. */
function fieldOf(stmt: Stmt): string | null {
  const field = stmt.kind === 'Assign' && stmt.value?.kind === 'Call' ? lastName(stmt.value.func) : null;
  return field?.endsWith('Field') === true ? field : null;
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

  /** True when the field of that name of this very form, or of the nearest of its bases that has one, looks at rows. */
  in(form: ClassInfo, name: string): boolean {
    for (const cls of this.#program.hierarchy.mro(form)) {
      if (typeof cls === 'string') continue;
      for (const stmt of cls.def.body) {
        const field = fieldOf(stmt);
        if (
          field !== null &&
          stmt.kind === 'Assign' &&
          stmt.targets.some((target) => nameOf(target) === name)
        )
          return OF_ROWS.test(field);
      }
    }
    return false;
  }
}
