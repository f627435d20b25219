package dev.weft.spring.actuate;

import dev.weft.Mesh;
import dev.weft.MeshConfiguration;
import dev.weft.config.ConfigProblem;
import dev.weft.telemetry.Workload;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A mesh as Actuator shows it.
 *
 * @param version or null
 * @param missing for calls to be served; null while nothing is
 * @param health why callers are told to stay away; null: they are not
 * @param origins each setting with its value and the place where that was written
 */
public record MeshDescription(
        String service,
        String namespace,
        @Nullable String version,
        String state,
        @Nullable String missing,
        @Nullable String health,
        @Nullable Identity identity,
        Configuration configuration,
        List<UpstreamDescription> upstreams,
        List<String> origins) {

    /**
     * Who this process is.
     *
     * @param id in SPIFFE's form
     * @param expires in ISO form, from now; negative: it has
     */
    public record Identity(String id, String expires) {}

    /**
     * What is in force.
     *
     * @param source stream, disk or static; null: nothing is there yet
     * @param age in ISO form, since the control plane last confirmed it
     * @param from control plane in use or tried last; null: written by hand
     * @param rejected what it sent and this process refused
     */
    public record Configuration(
            String version,
            @Nullable String age,
            @Nullable String source,
            boolean connected,
            @Nullable String from,
            List<String> rejected) {

        static Configuration of(MeshConfiguration now) {
            return new Configuration(
                    now.version(),
                    now.source() == null ? null : Seconds.of(now.age()),
                    now.source() == null ? null : now.source().name().toLowerCase(Locale.ROOT),
                    now.connected(),
                    emptyIsNull(now.from()),
                    now.rejected().stream().map(ConfigProblem::toString).toList());
        }
    }

    static MeshDescription of(Mesh mesh) {
        Workload who = mesh.workload();
        return new MeshDescription(
                who.service(),
                who.namespace(),
                emptyIsNull(who.version()),
                mesh.state().name(),
                emptyIsNull(mesh.missing()),
                mesh.health().reason().orElse(null),
                identity(mesh),
                Configuration.of(mesh.configuration()),
                mesh.upstreams().stream().map(UpstreamDescription::of).toList(),
                mesh.origins());
    }

    static @Nullable Identity identity(Mesh mesh) {
        dev.weft.identity.Identity current = mesh.identity().current();
        return current == null
                ? null
                : new Identity(current.svid().id().toString(), Seconds.of(Seconds.left(mesh, current)));
    }

    private static @Nullable String emptyIsNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
