import { parts, type Place, type Program } from '../project/index.ts';
import type { Attribute, Call } from '../syntax/index.ts';
import type { FoundLookup } from './find-lookups.ts';

/** Calls that presets or the configuration say raise for a missing row (`django.raises`). */
export class RaisingCalls {
  readonly #program: Program;
  readonly #functions: ReadonlySet<string>;
  /** `ProjectKey.from_dsn`: methods of model classes. */
  readonly #methods: readonly string[];

  constructor(program: Program) {
    this.#program = program;
    const { raises } = program.options;
    this.#functions = new Set(raises.filter((entry) => !entry.includes('.')));
    this.#methods = raises.filter((entry) => entry.includes('.'));
  }

  /** True for the bare name of such a function. */
  names(name: string): boolean {
    return this.#functions.has(name);
  }

  /** `load_model_from_db(Model, id)`: the model is what the first argument names. */
  named(call: Call, name: string, place: Place): FoundLookup | null {
    const first = call.args[0]?.value;
    const model =
      first === undefined
        ? undefined
        : parts(this.#program.infer.expr(first, place.fn)).find((type) => type.t === 'model');
    return model?.t === 'model'
      ? { form: 'raising-call', method: name, expr: call, place, model: model.model, rows: null }
      : null;
  }

  /** `ProjectKey.from_dsn(dsn)`. A method that the program defines is followed instead. */
  method(call: Call, func: Attribute, place: Place): FoundLookup | null {
    const last = `.${func.attr}`;
    const entries = this.#methods.filter((entry) => entry.endsWith(last));
    if (entries.length === 0) return null;
    for (const type of parts(this.#program.infer.expr(func.value, place.fn))) {
      if (type.t !== 'model' || !entries.includes(`${type.model.name ?? ''}${last}`)) continue;
      const { cls } = type.model;
      if (cls !== null && this.#program.hierarchy.member(cls, func.attr) !== null) continue;
      return { form: 'raising-call', method: func.attr, expr: call, place, model: type.model, rows: null };
    }
    return null;
  }
}
