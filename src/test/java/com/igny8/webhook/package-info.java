@org.jspecify.annotations.NullMarked
package com.igny8.webhook;
