import type { ClassInfo, FunctionInfo, Program } from '../project/index.ts';
import type { EntryKind } from './verdict.ts';

/** Methods of views that frameworks call without an argument: what else they take, code of the program gives. */
const BARE =
  /^(get_queryset|get_object|get_success_url|get_template_names|get_initial|get_form_kwargs|get_serializer_context|test_func)$/;

/** True when the parameters of an entry point hold what its callers in the program give. */
export function isCalledBare(entry: EntryKind, { name }: FunctionInfo): boolean {
  return (entry === 'view' || entry === 'api') && BARE.test(name);
}

/** Classes of Django and Django REST framework that views are made of and that never ask for an object. */
const OBJECTLESS =
  /^(django\.views\.(generic\.)?((base|edit|list|detail)\.)?(View|ContextMixin|Template\w+|RedirectView|FormView|FormMixin|ModelFormMixin|ProcessFormView|CreateView|BaseCreateView|ListView|SingleObjectTemplateResponseMixin)|django\.contrib\.auth\.mixins\.\w+|rest_framework\.(views\.APIView|viewsets\.(ViewSet|ViewSetMixin|GenericViewSet)|generics\.(Generic|List|Create|ListCreate)APIView|mixins\.(List|Create)ModelMixin)|builtins\.object|object)$/;

/** False for a `get_object` of a class whose bases are known and none of which calls it: code of the program does. */
export function mayAskForObject(program: Program, cls: ClassInfo): boolean {
  const bases = program.hierarchy.externalBases(cls);
  return bases.length === 0 || !bases.every((base) => OBJECTLESS.test(base));
}
