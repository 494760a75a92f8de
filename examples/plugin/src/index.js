import { definePlugin } from 'danglint';
import { goneResponse } from './gone-response.js';
import { paymentTaskBeforeCommit } from './payment-task-before-commit.js';
import { webhookLookup } from './webhook-lookup.js';

export default definePlugin({
  name: 'webhooks',
  rules: [webhookLookup, paymentTaskBeforeCommit],
  recipes: [goneResponse],
  pages: new URL('../docs/', import.meta.url),
});
