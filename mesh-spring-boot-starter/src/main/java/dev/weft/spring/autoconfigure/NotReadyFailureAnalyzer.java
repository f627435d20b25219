package dev.weft.spring.autoconfigure;

import dev.weft.MeshException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** An application that waited for its mesh, and in vain. */
final class NotReadyFailureAnalyzer extends AbstractFailureAnalyzer<MeshException.NotReady> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MeshException.NotReady cause) {
        return new FailureAnalysis(
                "The application waited for the mesh, which was " + cause.getMessage(),
                "See that the control plane runs, and that mesh.control-plane (default localhost:15010) names it. An application need"
                        + " not wait: calls do (mesh.when-unconfigured), and readiness is DOWN until the mesh serves.",
                cause);
    }
}
