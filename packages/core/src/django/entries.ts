/** Kinds of entry points that decorators and base classes tell; the words are those of `EntryKind`. */
type Kind =
  | 'task'
  | 'consumer'
  | 'receiver'
  | 'view'
  | 'api'
  | 'graphql'
  | 'rpc'
  | 'serializer'
  | 'command'
  | 'admin'
  | 'template-tag'
  | 'middleware';

/** Decorators by dotted name; the first match decides. */
export const ENTRY_DECORATORS: readonly (readonly [RegExp, Kind])[] = [
  [
    /(^|\.)(shared_task|periodic_task|db_task|db_periodic_task|instrumented_task|background_task|register_(recurring_)?task(_handler)?)$/,
    'task',
  ],
  [
    /^(celery|huey|dramatiq|django_rq|rq|procrastinate|django\.tasks|django_tasks|background_task)\b.*\.(task|actor|job|background)$/,
    'task',
  ],
  [/(^|\.)(app|celery|celery_app|huey|broker|queue|scheduler|\w*celery\w*)\.(task|actor|job)$/, 'task'],
  [/^(task|actor|job)$/, 'task'],
  [
    /^(prefect\.(task|flow)|airflow\.(decorators|sdk)\.task|temporalio\.activity\.defn|(django_lightweight_queue|workers)\.task|chancy\.job)$/,
    'task',
  ],
  [
    /(^|\.)(\w*broker\.subscriber|app\.agent)$|^nameko\.(rpc\.rpc|events\.event_handler)$|^rele\.sub$/,
    'consumer',
  ],
  [/(^|\.)receiver$/, 'receiver'],
  [/^(click|typer)\b.*\.command$|(^|\.)(cli|group)\.command$/, 'command'],
  [/(^|\.)admin\.(action|display|register)$/, 'admin'],
  [/^admin_extra_(buttons|urls)\..*\.(button|link|view|choice|action)$/, 'admin'],
  [/(^|\.)(api_view|action|list_route|detail_route)$/, 'api'],
  [/(^|\.)(\w+_)?(api|router)(\d+|_\w+)?\.(get|post|put|patch|delete|operation|api_operation)$/, 'api'],
  [/^ninja_extra\.(\w+\.)*(route\.\w+|http_\w+)$/, 'api'],
  [
    /(^|\.)register\.(simple_tag|filter|inclusion_tag|tag|assignment_tag|function|global_function|block_tag)$/,
    'template-tag',
  ],
  [/^(strawberry|strawberry_django)\.(field|mutation|subscription|type)$/, 'graphql'],
  [/(^|\.)(rpc_method|regional_rpc_method)$/, 'rpc'],
  [
    /(^|\.)(login_required|permission_required|require_POST|require_GET|require_http_methods|csrf_exempt|staff_member_required|never_cache|user_passes_test|permission_required_or_403)$/,
    'view',
  ],
];

/** Base classes by dotted name, of installed packages and of the program; with the methods, where not all of the kind are entered. */
export const ENTRY_BASES: readonly (readonly [RegExp, Kind, RegExp?])[] = [
  [/^django\.core\.management\.(base\.)?\w*Command$|\.BaseCommand$/, 'command'],
  [/^celery\..*Task$|(^|\.)(BaseTask|CeleryTask|(app|celery|celery_app)\.Task)$/, 'task'],
  [/(^|\.)\w*Consumer(Base)?$|ProcessingStrategy(Factory)?$/, 'consumer'],
  [
    /^rest_framework\.(?!serializers|permissions|filters|pagination|authentication|throttling|renderers|parsers|routers|fields|relations|validators|metadata|versioning|negotiation)|(^|\.)\w*(APIView|ViewSet|Endpoint|APIViewSet)(Mixin)?$/,
    'api',
  ],
  [/^rest_framework\.(permissions|filters|authentication|throttling)\./, 'api'],
  [
    /^tastypie\.resources\./,
    'api',
    /^(obj|get|post|put|patch|delete|hydrate|dehydrate|full|build|apply|alter|authorized|save|dispatch)_\w+$|^(hydrate|dehydrate|dispatch|create_response|wrap_view|serialize|deserialize|is_valid|is_authenticated|method_check|throttle_check|detail_uri_kwargs|lookup_kwargs_with_identifiers)$/,
  ],
  [/^rest_framework\.serializers\.|(^|\.)\w*Serializer(Base|Mixin)?$/, 'serializer'],
  [/^django\.forms\./, 'view', /^(clean|clean_\w+|get_form_kwargs|get_queryset)$/],
  [/^django\.views\.|^django\.contrib\.syndication\.views\.|(^|\.)\w*(View|ViewMixin)$/, 'view'],
  [
    /^django\.contrib\.admin\.|(^|\.)(\w*(ModelAdmin|AdminSite|AdminMixin|InlineAdmin)|admin\.\w*Admin)$/,
    'admin',
  ],
  [/^graphene\b|(^|\.)\w*(Mutation|ObjectType)$/, 'graphql'],
  [/MiddlewareMixin$|(^|\.)\w*Middleware$/, 'middleware'],
];

/** Methods through which the framework enters a class of that kind; a kind that is not named is entered by none. */
export const ENTRY_METHODS: Readonly<Partial<Record<Kind, RegExp>>> = {
  command: /^(handle|handle_label|handle_app_config|execute|add_arguments)$/,
  task: /^(run|__call__|before_start|after_return|on_failure|on_success|on_retry)$/,
  consumer:
    /^(receive|receive_json|connect|disconnect|websocket_\w+|dispatch|submit|consume|on_message|process_message|handle_message|create_with_partitions)$/,
  api: /^(get|post|put|patch|delete|head|options|list|retrieve|create|update|partial_update|destroy|dispatch|perform_create|perform_update|perform_destroy|initial|convert_args|get_queryset|get_object|get_serializer_context|filter_queryset|has_permission|has_object_permission|authenticate|allow_request)$/,
  serializer:
    /^(validate|validate_\w+|create|update|save|to_representation|to_internal_value|get_attrs|serialize|get_\w+)$/,
  view: /^(get|post|put|patch|delete|head|options|dispatch|setup|get_context_data|get_queryset|get_object|get_form_kwargs|get_initial|get_form|form_valid|form_invalid|clean|clean_\w+|get_success_url|get_redirect_url|test_func|render_to_response|get_template_names)$/,
  admin:
    /^(get_\w+|save_model|save_related|save_formset|delete_model|delete_queryset|has_\w+_permission|response_\w+|\w+_view|formfield_for_\w+)$/,
  graphql: /^(mutate|resolve_\w+|mutate_and_get_payload|perform_mutation|get_node|get_queryset|subscribe)$/,
  middleware: /^(__call__|process_(request|view|response|exception|template_response))$/,
};

/** Calls that run a function they are given somewhere else, and what that makes of the function. */
export const ENTRY_CALLS: ReadonlyMap<string, 'task' | 'receiver' | 'thread' | 'consumer'> = new Map([
  ['connect', 'receiver'],
  ['enqueue', 'task'],
  ['task', 'task'],
  ['shared_task', 'task'],
  ['dispatch', 'task'],
  ['add_job', 'task'],
  ['async_task', 'task'],
  ['PythonOperator', 'task'],
  ['register_callback', 'consumer'],
  ['RunTask', 'consumer'],
  ['RunTaskInThreads', 'consumer'],
  ['RunTaskWithMultiprocessing', 'consumer'],
  ['run_task_with_multiprocessing', 'consumer'],
  ['on_commit', 'thread'],
  ['Thread', 'thread'],
  ['Timer', 'thread'],
  ['submit', 'thread'],
  ['Process', 'thread'],
  ['run_in_executor', 'thread'],
  ['start_new_thread', 'thread'],
]);
