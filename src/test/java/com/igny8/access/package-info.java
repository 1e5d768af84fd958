/** Who gets in where: every operation of the API and every page, tried by everybody. */
@org.jspecify.annotations.NullMarked
package com.igny8.access;
