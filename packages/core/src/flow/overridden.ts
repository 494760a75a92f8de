import type { FunctionInfo, Program } from '../project/index.ts';
import { allowsNone } from './declared-none.ts';

/** Methods that Django and Django REST framework ask for a value, which they then use unchecked. */
const ASKED =
  /^(?:a?get|a?create|update|save_form|get_(?:queryset|object|form|form_class|form_kwargs|initial|context_data|template_names|success_url|serializer|serializer_class|serializer_context|urls|deferred_fields|paginated_response|permissions|authenticators)|filter_queryset|paginate_queryset|form_(?:in)?valid|render_to_response|to_representation|to_internal_value|validate|formfield|deconstruct)$/;

/** The same for admin classes and form widgets. */
const ASKED_OF_ADMIN =
  /^get_(?:context|fields|fieldsets|list_(?:display|display_links|filter|select_related)|search_(?:fields|results)|ordering|readonly_fields|prepopulated_fields|autocomplete_fields|inlines|inline_instances|inline_formsets|formsets?|formsets_with_inlines|formset_kwargs|changelist|changelist_(?:instance|form|formset)|actions|action_choices|paginator|changeform_initial_data)$/;

/**
 * The method of a base class that promises a value where this one is called: by a declaration that leaves no room for None, or
 * because a framework asks for it. Null for functions, and where None breaks no promise.
 */
export function promiseOf(program: Program, fn: FunctionInfo): string | null {
  const { cls, def, name } = fn;
  if (cls === null || def === null || !fn.isMethod) return null;
  for (const base of program.hierarchy.mro(cls).slice(1)) {
    if (typeof base === 'string') {
      if (base.includes('.') && (ASKED.test(name) || ASKED_OF_ADMIN.test(name)))
        return `${base.slice(base.lastIndexOf('.') + 1)}.${name}`;
      continue;
    }
    const declared = program.hierarchy.member(base, name)?.method?.def?.returns ?? null;
    if (declared !== null) return allowsNone(declared) ? null : `${base.name}.${name}`;
  }
  return null;
}
