/** The product as tests use it: started once for all of them, spoken to as its clients do. */
@org.jspecify.annotations.NullMarked
package com.igny8.testing;
