/** What files of production data may hold. */
export const IMPORT_FORMATS = ['auto', 'sentry-issues', 'sentry-events', 'csv'] as const;

export type ImportFormat = (typeof IMPORT_FORMATS)[number];
