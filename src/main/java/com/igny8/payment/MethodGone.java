package com.igny8.payment;

/** The provider does not keep a way to pay any more. */
record MethodGone(String methodReference) implements Finding {}
