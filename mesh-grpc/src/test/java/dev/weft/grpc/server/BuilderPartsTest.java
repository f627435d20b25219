package dev.weft.grpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ServerBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Fails when a gRPC release keeps somewhere else what builders have been given. */
final class BuilderPartsTest {

    static Stream<ServerBuilder<?>> builders() {
        return Stream.of(
                io.grpc.netty.NettyServerBuilder.forPort(0),
                io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder.forPort(0),
                InProcessServerBuilder.forName("parts"));
    }

    @ParameterizedTest
    @MethodSource("builders")
    void whatABuilderFallsBackToIsKeptAndGoneAround(ServerBuilder<?> builder) {
        BuilderParts parts = BuilderParts.of(builder);
        assertThat(parts.fallback())
                .as("fallbackRegistry of %s", builder.getClass())
                .isNotNull();
        parts.fallback(users -> {
            assertThat(users).isSameAs(parts.fallback());
            return new io.grpc.util.MutableHandlerRegistry();
        });
        assertThat(parts.fallback()).isInstanceOf(io.grpc.util.MutableHandlerRegistry.class);
    }

    @ParameterizedTest
    @MethodSource("builders")
    void itsExecutorRunsWhatComesLate(ServerBuilder<?> builder) {
        AtomicInteger ran = new AtomicInteger();
        builder.executor(task -> {
            ran.incrementAndGet();
            task.run();
        });
        BuilderParts.of(builder).execute(ran::incrementAndGet);
        assertThat(ran).as("executorPool of %s", builder.getClass()).hasValue(2);
    }
}
