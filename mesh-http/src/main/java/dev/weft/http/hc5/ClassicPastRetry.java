package dev.weft.http.hc5;

import java.io.IOException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;
import org.apache.hc.core5.http.io.entity.NullEntity;
import org.jspecify.annotations.Nullable;

/**
 * Behind RETRY: keeps it from repeating what the mesh has answered, which has made its own retries. RETRY asks no strategy about a
 * request whose body cannot be sent again, so the request looks like one of these while its answer passes.
 */
final class ClassicPastRetry implements ExecChainHandler {

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        try {
            return chain.proceed(request, scope);
        } finally {
            if (scope.execRuntime instanceof ClassicRuntime runtime && runtime.carried()) {
                request.setEntity(new Sent(request.getEntity()));
            }
        }
    }

    /** What comes before RETRY sees the request as it was. */
    static void restore(ClassicHttpRequest request) {
        if (request.getEntity() instanceof Sent sent) {
            request.setEntity(sent.original);
        }
    }

    private static final class Sent extends HttpEntityWrapper {
        private final @Nullable HttpEntity original;

        Sent(@Nullable HttpEntity original) {
            super(original == null ? NullEntity.INSTANCE : original);
            this.original = original;
        }

        @Override
        public boolean isRepeatable() {
            return false;
        }
    }
}
