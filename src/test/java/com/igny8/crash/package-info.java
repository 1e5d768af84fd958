/** What is left when the product, or its database, is killed at the worst moment. */
@org.jspecify.annotations.NullMarked
package com.igny8.crash;
