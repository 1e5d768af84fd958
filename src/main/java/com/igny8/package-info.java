/** IGNY8: plans, writes and publishes search content, for many tenants. */
@org.jspecify.annotations.NullMarked
package com.igny8;
