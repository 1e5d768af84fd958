/** What every AI operation goes through: models and providers. */
@org.jspecify.annotations.NullMarked
package com.igny8.ai;
