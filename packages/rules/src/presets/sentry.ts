import type { Preset } from './preset.ts';

/** The dialect of Sentry's backend: its managers, tasks, queues and what raises or answers there. */
export const sentry: Preset = {
  name: 'sentry',
  summary: "the dialect of Sentry's backend: cached getters, silos, `instrumented_task`, Snuba",
  codeBase: 'sentry/db/models/base.py',
  severities: new Map([
    // A broad handler there opens an issue for each event, and users see nothing: no milder than no handler.
    ['contained-missing-row', 'warning'],
  ]),
  framework: {
    domains: [
      {
        name: 'workflow',
        models: [
          'Detector',
          'AlertRule',
          'AlertRuleTrigger',
          'AlertRuleWorkflow',
          'Workflow',
          'Rule',
          'DataSource',
          'QuerySubscription',
          'Subscription',
        ],
        paths: ['**/workflow_engine/**', '**/rules/**', '**/incidents/**'],
        severity: null,
      },
      {
        name: 'monitor',
        models: ['Environment', 'Monitor', 'MonitorEnvironment', 'MonitorCheckIn', 'MonitorIncident'],
        paths: ['**/monitors/**', '**/crons/**'],
        severity: null,
      },
      {
        name: 'billing',
        models: ['Subscription', 'Plan', 'BillingHistory', 'Usage'],
        paths: ['**/billing/**', '**/quotas/**'],
        severity: null,
      },
      {
        name: 'integration',
        models: [
          'SentryApp',
          'SentryAppInstallation',
          'SentryAppComponent',
          'ServiceHook',
          'ExternalActor',
          'Integration',
          'OrganizationIntegration',
        ],
        paths: [
          '**/rules/**',
          '**/integrations/**',
          '**/sentry_apps/**',
          '**/mediators/**',
          '**/workflow_engine/**',
        ],
        severity: null,
      },
    ],
    exemptPaths: [
      '**/utils/mockdata/**',
      '**/web/frontend/debug/**',
      '**/runner/commands/**',
      '**/testutils/**',
    ],
    lookupMethods: ['get_from_cache', 'from_share_id', 'by_qualified_short_id', 'by_qualified_short_id_bulk'],
    managerNames: [
      'objects_with_snapshots',
      'unrestricted_objects',
      'objects_for_deletion',
      'public_objects',
    ],
    baseModels: [
      'sentry.db.models.Model',
      'sentry.db.models.DefaultFieldsModel',
      'sentry.db.models.ParanoidModel',
      'sentry.db.models.base.Model',
      'sentry.db.models.base.DefaultFieldsModel',
      'sentry.db.models.paranoia.ParanoidModel',
      'sentry.hybridcloud.outbox.base.ReplicatedRegionModel',
      'sentry.hybridcloud.outbox.base.ReplicatedControlModel',
    ],
    taskDecorators: ['instrumented_task'],
    externalIdSources: ['snuba', 'eventstore', 'redis', 'kafka', 'nodestore'],
    handledBy: ['retry_task_or_fail_relocation'],
    raises: [
      'load_model_from_db',
      'Detector.get_error_detector_for_project',
      'Detector.get_issue_stream_detector_for_project',
      'Environment.get_for_organization_id',
      'ProjectKey.from_dsn',
      'get_for_subscription',
    ],
  },
};
