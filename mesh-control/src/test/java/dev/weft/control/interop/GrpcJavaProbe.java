package dev.weft.control.interop;

import com.google.gson.Gson;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.xds.XdsChannelCredentials;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** gRPC-Java's own xDS client, with nothing of Weft in the way; the same words in and out as {@code probe.js}. */
final class GrpcJavaProbe {
    private GrpcJavaProbe() {}

    public static void main(String[] args) throws IOException {
        ManagedChannel channel = Grpc.newChannelBuilder(
                        args[0], XdsChannelCredentials.create(InsecureChannelCredentials.create()))
                .build();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Map<String, Integer> ends = new TreeMap<>();
            for (int left = Integer.parseInt(line); left > 0; left--) {
                ends.merge(call(channel), 1, Integer::sum);
            }
            System.out.println(new Gson().toJson(ends));
        }
        channel.shutdownNow();
    }

    private static String call(ManagedChannel channel) {
        CompletableFuture<String> end = new CompletableFuture<>();
        ClientCall<HealthCheckRequest, HealthCheckResponse> call = channel.newCall(
                HealthGrpc.getCheckMethod(), CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS));
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        Object peer = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
                        end.complete(
                                status.isOk()
                                        ? String.valueOf(peer).replaceFirst("^.*/", "")
                                        : "!" + status.getCode() + " " + status.getDescription());
                    }
                },
                new Metadata());
        call.sendMessage(HealthCheckRequest.getDefaultInstance());
        call.halfClose();
        call.request(2);
        return end.join();
    }
}
