import { buildScope, type InnerScope, type Scope } from '../scope/index.ts';
import type { FunctionDef, Param, Stmt } from '../syntax/index.ts';
import { type Span, span } from '../text/index.ts';
import { callsOf } from './call-index.ts';
import { collectSites } from './collect-sites.ts';
import type { ClassInfo, Module } from './entities.ts';
import { collectNarrowings, type Narrowings } from './narrow.ts';
import type { FunctionSites } from './sites.ts';

const NONE_NARROWED: Narrowings = new Map();

interface FunctionParts {
  readonly module: Module;
  readonly qualname: string;
  readonly def: FunctionDef | null;
  readonly body: readonly Stmt[];
  readonly cls: ClassInfo | null;
  readonly parent: FunctionInfo | null;
}

/** A function, method, class body or module body: code that runs as one. */
export class FunctionInfo {
  readonly module: Module;
  /** `Class.method`, `outer.inner`, the class's name for its body, `<module>` for module level. */
  readonly qualname: string;
  /** Null for class and module bodies. */
  readonly def: FunctionDef | null;
  #body: readonly Stmt[];
  /** The class whose method this is, or whose body. */
  readonly cls: ClassInfo | null;
  readonly parent: FunctionInfo | null;
  readonly #outermost: FunctionInfo;
  #sites: FunctionSites | null = null;
  /** The outermost body that the sites were collected of. */
  #sitesOf: readonly Stmt[] | null = null;
  #scope: Scope | null = null;
  #narrowings: Narrowings | null = null;

  constructor(parts: FunctionParts) {
    this.module = parts.module;
    this.qualname = parts.qualname;
    this.def = parts.def;
    this.#body = parts.body;
    this.cls = parts.cls;
    this.parent = parts.parent;
    this.#outermost = outermost(this);
  }

  get name(): string {
    return this.def?.name ?? this.qualname;
  }

  get body(): readonly Stmt[] {
    return this.#body;
  }

  /** Forgets what was read from the text: it is another one now. */
  renew(): void {
    if (this.def !== null) this.#body = this.def.body;
    else if (this.cls === null) this.#body = this.module.facts.body;
    this.#scope = null;
    this.#narrowings = null;
  }

  get key(): string {
    return `${this.module.name}:${this.qualname}:${this.def?.start ?? 0}`;
  }

  get path(): string {
    return this.module.path;
  }

  get params(): readonly Param[] {
    return this.def?.params ?? [];
  }

  /** True for a method proper: its first parameter is the instance or the class. */
  get isMethod(): boolean {
    return this.def !== null && this.cls !== null && this.parent === this.cls.bodyScope;
  }

  get span(): Span {
    const [first, last] = this.def === null ? [this.body[0], this.body.at(-1)] : [this.def, this.def];
    return span(first?.start ?? 0, last?.end ?? 0);
  }

  /** What its own body has, collected once for as long as the outermost function around it has the same body. Nothing is inferred. */
  get sites(): FunctionSites {
    const { body } = this.#outermost;
    const known = this.#sites;
    if (known !== null && this.#sitesOf === body) return known;
    const sites = collectSites(this);
    this.#sites = sites;
    this.#sitesOf = body;
    return sites;
  }

  get scope(): Scope {
    this.#scope ??= buildScope(this.body, this.params, this.sites.binders);
    return this.#scope;
  }

  /** What `isinstance` tells in parts of the body. */
  get narrowings(): Narrowings {
    this.#narrowings ??= (callsOf(this.module).get('isinstance') ?? []).some(({ place }) => place.fn === this)
      ? collectNarrowings(this.body)
      : NONE_NARROWED;
    return this.#narrowings;
  }

  /** Scopes of lambdas and comprehensions inside, outer ones first. */
  get inner(): readonly InnerScope[] {
    return this.scope.inner;
  }
}

function outermost(fn: FunctionInfo): FunctionInfo {
  let out = fn;
  for (let at: FunctionInfo | null = fn; at !== null; at = at.parent) if (at.def !== null) out = at;
  return out;
}
