/** What packages that keep each tenant in a schema of its own (django-tenants) tell of the tenant that is served: its row is there. */
export const SERVED_TENANT = /^django\.db\.connection\.(schema_name|tenant)$/;

/** What they call to name the schema that all tenants share. */
export const SHARED_SCHEMA = /(^|\.)get_public_schema_name$/;
