package dev.weft.settings;

import dev.weft.config.Locality;
import dev.weft.credential.TrustChoice;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a mesh was told, checked and complete.
 *
 * @param service DNS label
 * @param controlPlane {@code host:port} each, at least one
 * @param controlPlaneSaid false: it is the default
 * @param serviceAccount the credential's; without one what was said, else the service's name
 * @param version or empty
 * @param labels with {@code app}, and {@code version} if there is one
 * @param ports service ports by Istio port name
 * @param instance or empty: to be made up
 * @param address IP literal, or empty: to be found out
 * @param trust how the process comes by its identity
 * @param identityCache the identity is kept for a restart
 * @param offlineAge how old a configuration may get without a control plane; zero: the disk is not read; null: any age
 * @param unconfiguredHold how long calls wait for a first configuration; null: they pass unmeshed
 * @param drainTimeout of the whole drain
 * @param drainPropagation of its first part
 * @param origins {@code controlPlane = mesh.internal:15012, from MESH_CONTROL_PLANE}
 */
public record Settings(
        String service,
        List<String> controlPlane,
        boolean controlPlaneSaid,
        String namespace,
        String serviceAccount,
        String version,
        Map<String, String> labels,
        Map<String, Integer> ports,
        Locality locality,
        String instance,
        String address,
        TrustChoice trust,
        boolean identityCache,
        Path dataDirectory,
        @Nullable Duration offlineAge,
        @Nullable Duration unconfiguredHold,
        Duration drainTimeout,
        Duration drainPropagation,
        boolean accessLog,
        List<String> origins) {
    public Settings {
        controlPlane = List.copyOf(controlPlane);
        labels = Map.copyOf(labels);
        ports = Map.copyOf(ports);
        origins = List.copyOf(origins);
    }

    /** Plaintext and no identity, on demand. */
    public boolean trusting() {
        return trust instanceof TrustChoice.Plaintext plaintext && plaintext.said();
    }

    /** Either settings or what is wrong with them. */
    public record Outcome(@Nullable Settings settings, List<SettingProblem> problems) {}

    /**
     * Reads everything.
     *
     * @param written what was written in Java, by key
     * @param collected what a framework has read, the strongest first: in place of properties, variables and {@code mesh.yaml}; null:
     *     nobody has
     * @param outside null: nothing outside the program counts
     * @param home of the user, for the default data directory
     * @param withControlPlane false: configuration comes from elsewhere, so no control plane has to be trusted
     * @param given the application looks after the identity itself; null: it does not
     */
    public static Outcome read(
            Map<String, String> written,
            @Nullable List<Layer> collected,
            @Nullable Outside outside,
            Path home,
            boolean withControlPlane,
            TrustChoice.@Nullable Given given) {
        return new SettingsReader(written, collected, outside).read(home, withControlPlane, given);
    }
}
