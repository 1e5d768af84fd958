package com.igny8.tenancy;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Shows a refusal to start as its sentence instead of a page of stack trace. */
class StartupRefusedAnalyzer extends AbstractFailureAnalyzer<StartupRefused> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StartupRefused cause) {
        Throwable reason = cause.getCause();
        return new FailureAnalysis(
                String.valueOf(cause.getMessage()),
                reason == null ? "" : "The reason: " + reason.getMessage(),
                rootFailure);
    }
}
