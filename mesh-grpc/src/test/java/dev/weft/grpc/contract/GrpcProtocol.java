package dev.weft.grpc.contract;

import dev.weft.Mesh;
import dev.weft.config.Cluster;
import dev.weft.config.RetryOn;
import dev.weft.grpc.MeshChannel;
import dev.weft.grpc.MeshGrpc;
import dev.weft.http.kit.MutualTls;
import dev.weft.http.kit.call.Ended;
import dev.weft.http.kit.call.Protocol;
import dev.weft.http.kit.call.Wish;
import dev.weft.request.Hints;
import dev.weft.request.LocalReply;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** gRPC: a unary method, by Weft's channel. */
final class GrpcProtocol implements Protocol {
    static final Metadata.Key<String> SERVER = key("x-server");
    static final Metadata.Key<String> WISH = key("wish");

    static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    @Override
    public Cluster.Protocol spoken() {
        return Cluster.Protocol.HTTP2;
    }

    @Override
    public RetryOn failure() {
        return RetryOn.UNAVAILABLE;
    }

    @Override
    public Served serve(String name, @Nullable MutualTls tls) {
        return new WishingServer(name, tls);
    }

    @Override
    public Line on(Mesh mesh) {
        ManagedChannel channel = MeshChannel.to(mesh, "reviews:9080");
        return new Line() {
            @Override
            public CompletableFuture<Ended> begin(Wish wish, Hints hints) {
                return call(channel, wish, hints);
            }

            @Override
            public void close() {
                channel.shutdownNow();
            }
        };
    }

    private static CompletableFuture<Ended> call(ManagedChannel channel, Wish wish, Hints hints) {
        ClientCall<String, String> call =
                channel.newCall(WishingServer.CALL, CallOptions.DEFAULT.withOption(MeshGrpc.HINTS, hints));
        CompletableFuture<Ended> end = new CompletableFuture<>();
        Metadata headers = new Metadata();
        headers.put(WISH, wish.kind() + "@" + wish.at());
        call.start(
                new ClientCall.Listener<>() {
                    private String server = "";

                    @Override
                    public void onHeaders(Metadata head) {
                        server = head.get(SERVER);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        end.complete(ended(status, server, trailers));
                    }
                },
                headers);
        end.whenComplete((ended, failure) -> {
            if (failure != null) {
                call.cancel("given up", failure);
            }
        });
        call.sendMessage("hello");
        call.halfClose();
        call.request(2);
        return end;
    }

    private static Ended ended(Status status, String server, Metadata trailers) {
        Ended.How how = switch (status.getCode()) {
            case OK -> Ended.How.ANSWERED;
            case UNAVAILABLE -> Ended.How.UNAVAILABLE;
            case DEADLINE_EXCEEDED -> Ended.How.TIMED_OUT;
            default -> Ended.How.OTHERWISE;
        };
        return new Ended(
                how, server, trailers.get(key(LocalReply.FLAGS_HEADER)), trailers.get(key(LocalReply.REASON_HEADER)));
    }
}
