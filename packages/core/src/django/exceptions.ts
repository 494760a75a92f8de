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
  'ImmediateHttpResponse',
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
