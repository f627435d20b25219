package dev.weft.testing;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.control.explain.OfflineMesh;
import dev.weft.control.store.ConfigSnapshot;
import dev.weft.control.store.ConfigStore;
import dev.weft.control.translate.Translator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A mesh in memory: rules from YAML, and the services that a test stands in for. A service that rules speak of exists without an
 * instance: calls to it are answered 503 {@code UH} until {@link #upstream} puts somebody there. Thread-safe.
 */
public final class PolicyMesh implements AutoCloseable {
    private final ConfigSnapshot config;
    private final Town town;
    private final Translator translator;
    private final Who caller;

    // With this object's lock held.
    private final Map<Who, Mesh> meshes = new LinkedHashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();

    private PolicyMesh(ConfigSnapshot config, Who caller) {
        this.config = config;
        this.caller = caller;
        town = new Town(config.config());
        translator = new Translator(ConfigStore.of(config.config(), config.mesh()), town.registry());
    }

    /**
     * Reads rules as the control plane would.
     *
     * @param place of a file or directory, from the working directory or else on the class path; empty: no rules
     * @param caller {@code service} or {@code namespace/service}
     * @throws IllegalArgumentException if it is not there, or if the control plane would refuse any of it: file, line, reason
     */
    public static PolicyMesh of(String place, String caller) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        return new PolicyMesh(
                PolicyFiles.read(place, loader == null ? PolicyMesh.class.getClassLoader() : loader), Who.of(caller));
    }

    /** As {@link #of(String, String)}, called by a service named {@code test}. */
    public static PolicyMesh of(Path path) {
        return new PolicyMesh(PolicyFiles.read(path), Who.of("test"));
    }

    /**
     * The instances of a service, to be put somewhere.
     *
     * @param service {@code reviews}, {@code reviews.default} or in full
     */
    public Upstream upstream(String service) {
        return new Upstream(this, Town.host(service), Map.of());
    }

    /** The mesh of the caller; closed with this object. */
    public Mesh mesh() {
        return mesh(caller);
    }

    synchronized Mesh mesh(Who who) {
        return meshes.computeIfAbsent(who, this::start);
    }

    private Mesh start(Who who) {
        PolicySource source = new PolicySource(translator, who, town);
        open.add(source);
        return Mesh.builder()
                .ignoreEnvironment()
                .service(who.service())
                .namespace(who.namespace())
                .trust(Trust.none())
                .snapshots(source)
                .start();
    }

    /** Asks and calls as somebody else: {@code service} or {@code namespace/service}. */
    public PolicyCaller from(String who) {
        return new PolicyCaller(this, Who.of(who));
    }

    /** A request whose fate is to be asserted; it is not sent. */
    public PolicyRequest get(String url) {
        return request("GET", url);
    }

    /** A request whose fate is to be asserted; it is not sent. */
    public PolicyRequest request(String method, String url) {
        return new PolicyRequest(new OfflineMesh(config), caller, method, url);
    }

    OfflineMesh offline() {
        return new OfflineMesh(config);
    }

    Town town() {
        return town;
    }

    synchronized void closeLater(AutoCloseable part) {
        open.add(0, part);
    }

    /** Forgets all stand-ins. Meshes live on and keep what they observed. */
    public void reset() {
        town.clear();
        closeAll(Upstream.Scripted.class);
    }

    @Override
    public void close() {
        List<Mesh> running;
        synchronized (this) {
            running = new ArrayList<>(meshes.values());
            meshes.clear();
        }
        running.forEach(Mesh::close);
        closeAll(AutoCloseable.class);
        translator.close();
    }

    private synchronized void closeAll(Class<? extends AutoCloseable> kind) {
        for (AutoCloseable part : List.copyOf(open)) {
            if (kind.isInstance(part)) {
                open.remove(part);
                try {
                    part.close();
                } catch (Exception e) {
                    throw new IllegalStateException(part + " cannot be closed", e);
                }
            }
        }
    }
}
