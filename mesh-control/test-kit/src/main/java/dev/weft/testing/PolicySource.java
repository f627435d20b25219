package dev.weft.testing;

import dev.weft.config.Cluster;
import dev.weft.config.MeshSnapshot;
import dev.weft.config.SnapshotSource;
import dev.weft.config.UpstreamTls;
import dev.weft.config.VirtualHost;
import dev.weft.control.explain.ClientSide;
import dev.weft.control.translate.Translator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rules and stand-ins as one caller's configuration, made anew when either changes. */
final class PolicySource implements SnapshotSource, AutoCloseable {
    private final Translator translator;
    private final Who who;
    private final Town town;
    private final Runnable changes;

    // With this object's lock held.
    private @Nullable Consumer<MeshSnapshot> listener;

    PolicySource(Translator translator, Who who, Town town) {
        this.translator = translator;
        this.who = who;
        this.town = town;
        changes = translator.onChange(this::publish);
    }

    @Override
    public synchronized void subscribe(Consumer<MeshSnapshot> newListener) {
        listener = newListener;
        publish();
    }

    /** Everything is there from the start. */
    @Override
    public void request(VirtualHost host) {}

    private synchronized void publish() {
        if (listener != null) {
            listener.accept(snapshot());
        }
    }

    private MeshSnapshot snapshot() {
        ClientSide client = new ClientSide(translator.view(who.node()), this::isPeopled);
        client.loadAll();
        return plaintext(client.snapshot());
    }

    /** {@code outbound|9080|v1|reviews.default.svc.cluster.local}: what a test has nobody for has no hosts. */
    private boolean isPeopled(String cluster) {
        String host = cluster.substring(cluster.lastIndexOf('|') + 1);
        return !host.endsWith(".svc.cluster.local") || town.isPeopled(host);
    }

    /** Stand-ins have no certificates. TLS towards hosts outside the mesh stays what it is. */
    private static MeshSnapshot plaintext(MeshSnapshot made) {
        Map<String, Cluster> clusters = new HashMap<>();
        made.clusters()
                .forEach((name, cluster) -> clusters.put(
                        name,
                        cluster.tls() != null && cluster.tls().mode() == UpstreamTls.Mode.ISTIO_MUTUAL
                                ? cluster.withTls(null)
                                : cluster));
        return new MeshSnapshot(
                made.version(), made.ports(), clusters, made.endpoints(), made.source(), made.acceptedMillis());
    }

    @Override
    public void close() {
        changes.run();
    }
}
