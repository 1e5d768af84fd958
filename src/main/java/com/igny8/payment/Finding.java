package com.igny8.payment;

/** Something of ours as its provider has it at present, whatever was told of it before. */
sealed interface Finding permits ProviderPayment, MethodKept, MethodGone {}
