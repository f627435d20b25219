package dev.weft.grpc.netty;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.SnapshotSource;
import dev.weft.grpc.Text;
import dev.weft.grpc.server.Admission;
import dev.weft.grpc.tls.ShownName;
import dev.weft.http.kit.Snapshots;
import dev.weft.identity.IdentitySource;
import dev.weft.identity.SessionPeers;
import dev.weft.runtime.World;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSession;

/** Processes of a mesh, and a service that answers each message with who sent it and the name that he asked for. */
final class Party implements AutoCloseable {
    private static final Marshaller<String> WORDS = new Text();

    static final MethodDescriptor<String, String> WHO = MethodDescriptor.newBuilder(WORDS, WORDS)
            .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
            .setFullMethodName("test.Party/Who")
            .build();

    private final List<AutoCloseable> guests = new ArrayList<>();

    Mesh mesh(String service, IdentitySource identity, World world) {
        return mesh(
                service, identity, world, SnapshotSource.of(Snapshots.reviews().at()));
    }

    Mesh mesh(String service, IdentitySource identity, World world, SnapshotSource snapshots) {
        Mesh mesh = Mesh.builder()
                .service(service)
                .ignoreEnvironment()
                .world(world)
                .trust(Trust.of(identity))
                .meterRegistry(new SimpleMeterRegistry())
                .snapshots(snapshots)
                .start();
        guests.add(mesh);
        return mesh;
    }

    /** Listens on the loopback with the mesh's TLS, and without where it is admitted. */
    Server serve(Mesh mesh, Admission admission) throws IOException {
        return start(builder().protocolNegotiator(new GuardNegotiator(mesh, admission)));
    }

    static NettyServerBuilder builder() {
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    Server start(NettyServerBuilder builder) throws IOException {
        Server server = builder.addService(ServerServiceDefinition.builder("test.Party")
                        .addMethod(WHO, Party::answer)
                        .build())
                .build()
                .start();
        guests.add(0, server::shutdownNow);
        return server;
    }

    private static ServerCall.Listener<String> answer(ServerCall<String, String> call, Metadata headers) {
        call.sendHeaders(new Metadata());
        call.request(1);
        return new ServerCall.Listener<>() {
            @Override
            public void onMessage(String message) {
                SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
                String caller = session == null
                        ? "somebody"
                        : SessionPeers.identity(session).getName();
                call.sendMessage(caller + " asked " + call.getAttributes().get(ShownName.KEY));
                call.request(1);
            }

            @Override
            public void onHalfClose() {
                call.close(io.grpc.Status.OK, new Metadata());
            }
        };
    }

    <C extends AutoCloseable> C bring(C guest) {
        guests.add(0, guest);
        return guest;
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable guest : guests) {
            guest.close();
        }
    }
}
