package dev.weft;

import dev.weft.config.MeshSnapshot;
import dev.weft.config.StockResources;
import dev.weft.config.VirtualHost;
import dev.weft.credential.TrustChoice;
import dev.weft.runtime.World;
import dev.weft.settings.SettingProblem;
import dev.weft.settings.Settings;
import dev.weft.xds.AnnouncedPort;
import dev.weft.xds.Bootstrap;
import dev.weft.xds.Node;
import dev.weft.xds.ProtobufOnClassPath;
import dev.weft.xds.XdsOptions;
import dev.weft.xds.XdsSource;
import dev.weft.xds.XdsState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A control plane at the other end of an xDS stream. */
final class XdsControlPlane implements ControlPlane {
    private static final Logger log = LoggerFactory.getLogger(Mesh.class);

    private final XdsSource source;
    private final String first;

    private XdsControlPlane(XdsSource source, String first) {
        this.source = source;
        this.first = first;
    }

    static XdsControlPlane to(Settings settings, Instance instance, IdentitySupply identities, World world) {
        String unfit = ProtobufOnClassPath.problem();
        if (unfit != null) {
            throw new MeshException.Configuration(List.of(new SettingProblem(
                    "protobuf-java",
                    unfit,
                    ProtobufOnClassPath.NEEDED
                            + " or later is needed: in Maven, import dev.weft:weft-parent in dependencyManagement")));
        }
        sayWhatWasAssumed(settings);
        Node node = new Node(
                settings.service(),
                settings.namespace(),
                settings.serviceAccount(),
                instance.name(),
                instance.address(),
                settings.labels(),
                settings.locality());
        // What must not be served needs not be kept either.
        boolean disk = !Duration.ZERO.equals(settings.offlineAge());
        XdsOptions options = settings.trusting() ? XdsOptions.DEFAULT.withPlaintext() : XdsOptions.DEFAULT;
        Bootstrap bootstrap =
                new Bootstrap(settings.controlPlane(), node, disk ? settings.dataDirectory() : null, options);
        XdsSource source = identities.expected()
                ? XdsSource.create(bootstrap, identities.source(), identities.bearer(), identities::mistrusted, world)
                : XdsSource.create(bootstrap, world);
        return new XdsControlPlane(source, settings.controlPlane().get(0));
    }

    /** Once, and only what an operator would want to know on a machine that is no laptop. */
    private static void sayWhatWasAssumed(Settings settings) {
        String server = settings.controlPlane().get(0);
        if (settings.trust() instanceof TrustChoice.Plaintext plaintext && !plaintext.said()) {
            log.warn(
                    "no credential, so {} has no identity: {} is spoken to in plaintext, and hosts that demand mTLS refuse it ({});"
                            + " start mesh-control and then this process, set MESH_JOIN_TOKEN_FILE, or say .trust(Trust.none())",
                    settings.service(),
                    settings.controlPlaneSaid() ? server : server + ", the default,",
                    plaintext.why());
        } else if (!settings.controlPlaneSaid()) {
            log.warn(
                    "no control plane is set, trying {}; set .controlPlane(...), MESH_CONTROL_PLANE or mesh.control-plane",
                    server);
        }
    }

    @Override
    public void start() {
        source.start();
    }

    @Override
    public void subscribe(Consumer<MeshSnapshot> listener) {
        source.subscribe(listener);
    }

    @Override
    public void request(VirtualHost host) {
        source.request(host);
    }

    @Override
    public StockResources stock() {
        return source.stock();
    }

    @Override
    public Status status() {
        XdsState state = source.state();
        return new Status(
                state.connected(),
                state.server().isEmpty() ? first : state.server(),
                trouble(state, first),
                state.acceptedMillis(),
                state.problems());
    }

    private static String trouble(XdsState state, String first) {
        if (state.connected() || state.lastFailure().isEmpty()) {
            return "";
        }
        int tries = state.failedTries();
        // Who asks names the first control plane; only of another one it is said which it was.
        String failure = state.lastFailure();
        String said = failure.startsWith(first + ": ") ? failure.substring(first.length() + 2) : failure;
        return tries == 0 ? said : said + " (" + tries + (tries == 1 ? " try)" : " tries)");
    }

    @Override
    public void onStatus(Runnable listener) {
        source.onState(state -> listener.run());
    }

    @Override
    public boolean registers() {
        return true;
    }

    @Override
    public void serve() {
        source.serve();
    }

    @Override
    public void announce(List<BoundPort> ports) {
        source.announce(ports.stream()
                .map(port -> new AnnouncedPort(
                        port.name(),
                        port.protocol(),
                        port.servicePort(),
                        port.address(),
                        port.port(),
                        port.encryption()))
                .toList());
    }

    @Override
    public void health(@Nullable String down) {
        if (down == null) {
            source.up();
        } else {
            source.down(down);
        }
    }

    @Override
    public CompletionStage<Void> goodbye() {
        return source.goodbye();
    }

    @Override
    public void close() {
        source.close();
    }
}
