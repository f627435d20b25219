package dev.weft.grpc.server;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.weft.MeshHealth;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the health service that an application has of its own, as a client would, but without a connection: where it says of the server that
 * it is not serving, the registry is told.
 */
final class OwnHealth implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OwnHealth.class);

    private static final String SERVICE = "grpc.health.v1.Health";

    private final MeshHealth health;
    private final String part;
    private final Runnable cancel;

    private OwnHealth(MeshHealth health, String part, ServerMethodDefinition<?, ?> watch) {
        this.health = health;
        this.part = part;
        cancel = begin(watch);
    }

    /**
     * Begins to watch.
     *
     * @param part under which the registry is told
     * @return null if the application has none
     */
    static @Nullable OwnHealth of(Server server, MeshHealth health, String part) {
        for (ServerServiceDefinition service : server.getImmutableServices()) {
            ServerMethodDefinition<?, ?> watch = service.getMethod(SERVICE + "/Watch");
            if (watch != null) {
                try {
                    return new OwnHealth(health, part, watch);
                } catch (RuntimeException e) {
                    log.warn("the server's own health service cannot be watched, the registry does not hear of it", e);
                    return null;
                }
            }
        }
        return null;
    }

    private <A, B> Runnable begin(ServerMethodDefinition<A, B> watch) {
        MethodDescriptor<A, B> method = watch.getMethodDescriptor();
        ServerCall.Listener<A> listener =
                watch.getServerCallHandler().startCall(new Watching<>(method), new Metadata());
        // The empty service name is the server.
        listener.onMessage(method.parseRequest(
                new ByteArrayInputStream(HealthCheckRequest.getDefaultInstance().toByteArray())));
        listener.onHalfClose();
        return listener::onCancel;
    }

    private void said(ServingStatus status) {
        if (status == ServingStatus.NOT_SERVING) {
            health.down(part, "its gRPC health service says NOT_SERVING");
        } else {
            health.up(part);
        }
    }

    /** Ends the watch; what was said last does not count any more. */
    @Override
    public void close() {
        try {
            cancel.run();
        } catch (RuntimeException e) {
            log.debug("the health service throws when nobody watches any more", e);
        }
        health.up(part);
    }

    /** A call that comes from nowhere and whose answers go to the registry. */
    private final class Watching<A, B> extends ServerCall<A, B> {
        private final MethodDescriptor<A, B> method;

        Watching(MethodDescriptor<A, B> method) {
            this.method = method;
        }

        @Override
        public void sendMessage(B message) {
            try (InputStream bytes = method.streamResponse(message)) {
                said(HealthCheckResponse.parseFrom(bytes).getStatus());
            } catch (InvalidProtocolBufferException e) {
                log.warn("the server's own health service does not say what {} says: {}", SERVICE, e.getMessage());
            } catch (IOException e) {
                throw new IllegalStateException("bytes in memory", e);
            }
        }

        @Override
        public void request(int messages) {}

        @Override
        public void sendHeaders(Metadata headers) {}

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void close(Status status, Metadata trailers) {
            said(ServingStatus.UNKNOWN);
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public MethodDescriptor<A, B> getMethodDescriptor() {
            return method;
        }
    }
}
