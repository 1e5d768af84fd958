/** IGNY8: plans, writes and publishes search content, for many tenants. */
@NullMarked
package com.igny8;

import org.jspecify.annotations.NullMarked;
