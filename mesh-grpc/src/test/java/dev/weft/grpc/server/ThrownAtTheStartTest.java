package dev.weft.grpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.TlsMode;
import dev.weft.http.guard.Rules;
import dev.weft.http.kit.Eventually;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An interceptor that refuses by throwing, as many do. */
final class ThrownAtTheStartTest {
    private final GuardedSite site = new GuardedSite(Rules.snapshot(TlsMode.PERMISSIVE));
    private final List<WeakReference<Context>> contexts = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        site.close();
    }

    @Test
    void nothingOfTheCallIsKeptUntilItsDeadline() throws Exception {
        site.builder.intercept(new ServerInterceptor() {
            @Override
            public <A, B> ServerCall.Listener<A> interceptCall(
                    ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
                contexts.add(new WeakReference<>(Context.current()));
                throw Status.UNAUTHENTICATED.asRuntimeException();
            }
        });
        site.guarded();

        // Eleven days.
        assertThat(site.call(Texts.UNARY, "x", "x-mesh-timeout-ms", "999999999").code())
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        site.report();
        Eventually.is("forgotten", () -> {
            System.gc();
            return contexts.get(0).get() == null;
        });
    }
}
