/**
 * Limits that both sides keep to.
 *
 * Must not: import anything: pages take these without the schemas.
 */

/** Acts in one request of `/api/jobs:batch`. */
export const MOST_ACTS = 500
