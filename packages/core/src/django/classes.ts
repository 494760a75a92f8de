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
