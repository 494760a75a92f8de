/**
 * What Django itself does, as data. Facts from Django 4.2 to 6.1 as measured in the project's oracle; names are those of
 * the public API.
 */

/** Dotted names of classes whose subclasses are models. Found by name only: installed packages are not read. */
export const MODEL_BASES: ReadonlySet<string> = new Set([
  'django.db.models.Model',
  'django.db.models.base.Model',
  'django.contrib.gis.db.models.Model',
  'django.contrib.auth.models.AbstractUser',
  'django.contrib.auth.models.AbstractBaseUser',
  'django.contrib.auth.models.PermissionsMixin',
  'django.contrib.auth.base_user.AbstractBaseUser',
  'django.contrib.sessions.base_session.AbstractBaseSession',
  'django.contrib.flatpages.models.FlatPage',
  'mptt.models.MPTTModel',
  'polymorphic.models.PolymorphicModel',
  'polymorphic.PolymorphicModel',
  'treebeard.mp_tree.MP_Node',
  'treebeard.al_tree.AL_Node',
  'treebeard.ns_tree.NS_Node',
  'model_utils.models.TimeStampedModel',
  'model_utils.models.StatusModel',
  'model_utils.models.SoftDeletableModel',
  'model_utils.models.UUIDModel',
  'django_extensions.db.models.TimeStampedModel',
  'solo.models.SingletonModel',
  'taggit.models.TaggedItemBase',
  'taggit.models.ItemBase',
  'wagtail.models.Page',
  'wagtail.core.models.Page',
  'wagtail.wagtailcore.models.Page',
  'modelcluster.models.ClusterableModel',
  'parler.models.TranslatableModel',
  'simple_history.models.HistoricalRecords',
  'django.db.migrations.recorder.MigrationRecorder.Migration',
]);

/** Model classes that ship with Django, by dotted name: a `get` on them is a lookup although their source is not read. */
export const KNOWN_MODELS: ReadonlySet<string> = new Set([
  'django.contrib.auth.models.User',
  'django.contrib.auth.models.Group',
  'django.contrib.auth.models.Permission',
  'django.contrib.contenttypes.models.ContentType',
  'django.contrib.sites.models.Site',
  'django.contrib.sessions.models.Session',
  'django.contrib.admin.models.LogEntry',
  'django.contrib.flatpages.models.FlatPage',
  'django.contrib.redirects.models.Redirect',
]);

export const MANAGER_BASES: ReadonlySet<string> = new Set([
  'django.db.models.Manager',
  'django.db.models.manager.Manager',
  'django.db.models.manager.BaseManager',
  'django.contrib.gis.db.models.Manager',
  'django.contrib.auth.models.UserManager',
  'django.contrib.auth.models.BaseUserManager',
  'django.contrib.auth.base_user.BaseUserManager',
  'django.contrib.contenttypes.models.ContentTypeManager',
  'mptt.models.TreeManager',
  'mptt.managers.TreeManager',
  'polymorphic.managers.PolymorphicManager',
  'polymorphic.PolymorphicManager',
  'treebeard.mp_tree.MP_NodeManager',
  'wagtail.models.PageManager',
  'wagtail.core.models.PageManager',
  'model_utils.managers.InheritanceManager',
  'model_utils.managers.SoftDeletableManager',
  'parler.managers.TranslatableManager',
]);

/** Classes whose name says manager but that are relations of a model, by last name. */
export const FIELD_MANAGERS: ReadonlySet<string> = new Set(['TaggableManager', 'ClusterTaggableManager']);

export const QUERYSET_BASES: ReadonlySet<string> = new Set([
  'django.db.models.QuerySet',
  'django.db.models.query.QuerySet',
  'mptt.querysets.TreeQuerySet',
  'polymorphic.query.PolymorphicQuerySet',
  'polymorphic.managers.PolymorphicQuerySet',
  'treebeard.mp_tree.MP_NodeQuerySet',
  'treebeard.models.Node',
  'wagtail.query.PageQuerySet',
  'wagtail.models.PageQuerySet',
  'wagtail.core.models.PageQuerySet',
  'modelcluster.queryset.FakeQuerySet',
  'model_utils.managers.InheritanceQuerySet',
  'parler.managers.TranslatableQuerySet',
]);

/** Methods of managers and querysets that raise for a missing row (`semantics.md` §4), with the form they take. */
export const LOOKUP_METHODS: ReadonlyMap<string, 'get' | 'ordered' | 'cached'> = new Map([
  ['get', 'get'],
  ['aget', 'get'],
  ['get_by_natural_key', 'get'],
  ['get_for_id', 'get'],
  ['latest', 'ordered'],
  ['alatest', 'ordered'],
  ['earliest', 'ordered'],
  ['aearliest', 'ordered'],
  ['get_from_cache', 'cached'],
]);

/** Methods that give a queryset of the same model back. The second group changes what `first()` would do. */
export const QUERYSET_METHODS: ReadonlySet<string> = new Set([
  'all',
  'filter',
  'exclude',
  'select_related',
  'prefetch_related',
  'only',
  'defer',
  'using',
  'select_for_update',
  'annotate',
  'alias',
  'distinct',
  'order_by',
  'reverse',
  'none',
  'extra',
  'complex_filter',
  'get_queryset',
  'db_manager',
  'union',
  'intersection',
  'difference',
  'raw',
  'non_polymorphic',
  'instance_of',
  'not_instance_of',
  'select_subclasses',
  'get_query_set',
  'fetch_mode',
  'cache',
  'language',
  'translated',
  'nocache',
]);

/** Chain methods after which `filter(...).first()` gives the row that `get` gives (`semantics.md` §2.1). */
export const PLAIN_CHAIN: ReadonlySet<string> = new Set([
  'all',
  'filter',
  'exclude',
  'select_related',
  'prefetch_related',
  'only',
  'defer',
  'using',
  'select_for_update',
  'get_queryset',
]);

export const VALUES_METHODS: ReadonlySet<string> = new Set(['values', 'values_list', 'dates', 'datetimes']);

/** Methods that give a row or None. */
export const OPTIONAL_METHODS: ReadonlySet<string> = new Set([
  'first',
  'last',
  'afirst',
  'alast',
  'get_or_none',
  'get_one_or_none',
]);

/** Methods that give a row that is there. */
export const ROW_METHODS: ReadonlySet<string> = new Set([
  'create',
  'acreate',
  'create_user',
  'create_superuser',
]);

/** Methods that give `(row, created)`. */
export const UPSERT_METHODS: ReadonlySet<string> = new Set([
  'get_or_create',
  'update_or_create',
  'aget_or_create',
  'aupdate_or_create',
]);

/** Methods that give rows as a sequence. */
export const ROWS_METHODS: ReadonlySet<string> = new Set([
  'iterator',
  'bulk_create',
  'abulk_create',
  'aiterator',
  'get_many_from_cache',
]);

export const ROW_MAP_METHODS: ReadonlySet<string> = new Set(['in_bulk', 'ain_bulk']);

/** Methods that write rows: what comes before an early return in a transaction. */
export const WRITE_METHODS: ReadonlySet<string> = new Set([
  'save',
  'asave',
  'delete',
  'adelete',
  'create',
  'acreate',
  'update',
  'aupdate',
  'bulk_create',
  'bulk_update',
  'get_or_create',
  'update_or_create',
  'add',
  'remove',
  'clear',
  'set',
  'create_or_update',
]);

export const RELATION_FIELDS: ReadonlyMap<string, 'fk' | 'o2o' | 'm2m'> = new Map([
  ['ForeignKey', 'fk'],
  ['OneToOneField', 'o2o'],
  ['ManyToManyField', 'm2m'],
  ['TreeForeignKey', 'fk'],
  ['TreeOneToOneField', 'o2o'],
  ['TreeManyToManyField', 'm2m'],
  ['ParentalKey', 'fk'],
  ['ParentalManyToManyField', 'm2m'],
  ['AutoOneToOneField', 'o2o'],
  ['SortedManyToManyField', 'm2m'],
]);

/** Functions that answer a missing row with 404, by dotted name; `get_object_or_404` of other packages is known by its last name. */
export const NOT_FOUND_CALLS: ReadonlySet<string> = new Set([
  'get_object_or_404',
  'aget_object_or_404',
  'get_list_or_404',
]);

/** `except` of these catches any `DoesNotExist`. */
export const OBJECT_DOES_NOT_EXIST: ReadonlySet<string> = new Set([
  'django.core.exceptions.ObjectDoesNotExist',
  'django.db.models.ObjectDoesNotExist',
  'django.db.models.base.ObjectDoesNotExist',
  'django.db.models.query.ObjectDoesNotExist',
]);

/** Exceptions that a framework turns into an answer, by last name. */
export const API_ANSWERS: ReadonlySet<string> = new Set([
  'Http404',
  'NotFound',
  'ValidationError',
  'PermissionDenied',
  'APIException',
  'ParseError',
  'NotAuthenticated',
  'AuthenticationFailed',
  'SuspiciousOperation',
  'BadRequest',
  'CommandError',
  'GraphQLError',
  'ResourceDoesNotExist',
  'ParameterValidationError',
  'ConflictError',
  'StopIteration',
  'SystemExit',
  'KeyboardInterrupt',
  'Ignore',
  'Reject',
  'Retry',
  'StopConsumer',
  'DenyConnection',
  'HttpError',
  'MethodNotAllowed',
  'Throttled',
  'UnsupportedMediaType',
  'InvalidToken',
  'ImproperlyConfigured',
  'SkipTest',
  'HTTPException',
  'AttributeError',
  'KeyError',
  'TemplateSyntaxError',
  'NoReverseMatch',
  'LookupError',
]);

/** Calls inside a handler that report an error, by last name or `receiver.method`. */
export const REPORT_CALLS: ReadonlySet<string> = new Set([
  'exception',
  'error',
  'critical',
  'fatal',
  'capture_exception',
  'capture_message',
  'captureException',
  'log_exception',
  'record_failure',
  'record_halt',
  'report_exception',
  'mail_admins',
  'print_exc',
]);
