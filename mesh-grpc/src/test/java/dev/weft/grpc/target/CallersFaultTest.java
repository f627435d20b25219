package dev.weft.grpc.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.ClientStreamTracer;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What a caller does wrong is told to him, is nobody else's fault, and leaves his channel alive. */
class CallersFaultTest {

    @Test
    void anExecutorThatHasBeenShutDownDoesNotEndTheChannel() throws Exception {
        ExecutorService over = Executors.newSingleThreadExecutor();
        over.shutdown();
        try (Party party = Party.with(new EchoServer("one"), new EchoServer("two"))) {
            ManagedChannel channel = party.channel("mesh:///reviews:9080");
            assertThat(Party.call(channel)).contains(" as reviews");
            // To the other host, whose connection it has to wait for.
            channel.newCall(EchoServer.ECHO, CallOptions.DEFAULT.withExecutor(over))
                    .start(new io.grpc.ClientCall.Listener<>() {}, new Metadata());
            Party.soon(channel, "one as");
            Party.soon(channel, "two as");
        }
    }

    @Test
    void metadataThatNoServerTakesAccuseNoHost() throws Exception {
        Metadata much = new Metadata();
        much.put(Metadata.Key.of("much", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(20_000));
        try (Party party = Party.with(new EchoServer("one"))) {
            ManagedChannel channel = party.channel("mesh:///reviews:9080");
            assertThat(Party.call(
                            ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(much))))
                    .startsWith("INTERNAL");
            assertThat(Party.call(channel)).isEqualTo("one as reviews:9080");
            assertThat(party.observer.attempts).noneMatch(attempt -> attempt.contains("RESET"));
        }
    }

    @Test
    void aTracerThatThrowsAccusesNoHost() throws Exception {
        CallOptions throwing = CallOptions.DEFAULT.withStreamTracerFactory(new ClientStreamTracer.Factory() {
            @Override
            public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
                throw Status.FAILED_PRECONDITION
                        .withDescription("no tracing here")
                        .asRuntimeException();
            }
        });
        try (Party party = Party.with(new EchoServer("one"))) {
            ManagedChannel channel = party.channel("mesh:///reviews:9080");
            assertThat(Party.call(channel, throwing)).isEqualTo("FAILED_PRECONDITION: no tracing here");
            assertThat(Party.call(channel)).isEqualTo("one as reviews:9080");
            assertThat(party.observer.attempts).noneMatch(attempt -> attempt.contains("CONNECT"));
        }
    }
}
