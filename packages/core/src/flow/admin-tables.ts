import type { ClassInfo, FunctionInfo } from '../project/index.ts';
import { walkExpr } from '../syntax/index.ts';
import type { EntryKind } from './verdict.ts';

/** True when a list of the class body names the method: `actions = ["ship"]`, `list_display = BASE + ["total"]`. */
export function namesMethod(cls: ClassInfo, tables: RegExp, name: string): boolean {
  let named = false;
  for (const [attr, bindings] of cls.bodyScope.scope.bindings) {
    if (!tables.test(attr)) continue;
    for (const { source } of bindings)
      if (source.kind === 'assign' && source.value !== null)
        walkExpr(source.value, (part) => {
          named ||= part.kind === 'Constant' && part.type === 'str' && part.value === name;
        });
  }
  return named;
}

/** Files that Django's admin loads by their name. */
const ADMIN_FILE = /(^|\/)admin\.py$/;

/** What the framework enters in a form. */
const OF_FORMS = /^(clean|clean_\w+|save)$/;

/** True for a form that its name gives to the admin, and for a view or form of an `admin.py`: people who look after the data use it. */
export function isOfAdmin({ name, module }: ClassInfo, method: string, kind: EntryKind | null): boolean {
  return (
    (kind === 'view' && ADMIN_FILE.test(module.path)) || (name.endsWith('AdminForm') && OF_FORMS.test(method))
  );
}

/** `def ship(modeladmin, request, queryset):`, also with the other names that people give it. */
export function isAdminAction({ cls, params }: FunctionInfo): boolean {
  return (
    cls === null &&
    /^(modeladmin|model_admin|admin|self),request,(queryset|qs)$/.test(params.map(({ name }) => name).join())
  );
}
