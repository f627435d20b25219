package dev.weft.http.hc5;

import java.io.IOException;
import java.util.Set;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.jspecify.annotations.Nullable;

/**
 * Before RETRY: keeps it from repeating what the mesh has answered, which has made its own retries. RETRY asks no strategy about a
 * request whose body cannot be sent again, so it is given one that says so; {@link AsyncMeshing} behind it takes the true one out.
 */
final class AsyncPastRetry implements AsyncExecChainHandler {
    private final AsyncMeshing meshing;

    AsyncPastRetry(AsyncMeshing meshing) {
        this.meshing = meshing;
    }

    @Override
    public void execute(
            HttpRequest request,
            @Nullable AsyncEntityProducer given,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        AsyncEntityProducer body = original(given);
        AsyncRuntime runtime = meshing.runtime(request, scope);
        if (runtime == null) {
            chain.proceed(request, body, AsyncMeshing.own(scope), callback);
        } else {
            chain.proceed(request, new Unrepeated(body, runtime), runtime.scope(), callback);
        }
    }

    static @Nullable AsyncEntityProducer original(@Nullable AsyncEntityProducer body) {
        return body instanceof Unrepeated unrepeated ? unrepeated.original : body;
    }

    private record Unrepeated(@Nullable AsyncEntityProducer original, AsyncRuntime runtime)
            implements AsyncEntityProducer {

        @Override
        public boolean isRepeatable() {
            return !runtime.carried() && (original == null || original.isRepeatable());
        }

        @Override
        public long getContentLength() {
            return original == null ? 0 : original.getContentLength();
        }

        @Override
        public @Nullable String getContentType() {
            return original == null ? null : original.getContentType();
        }

        @Override
        public @Nullable String getContentEncoding() {
            return original == null ? null : original.getContentEncoding();
        }

        @Override
        public boolean isChunked() {
            return original != null && original.isChunked();
        }

        @Override
        public Set<String> getTrailerNames() {
            return original == null ? Set.of() : original.getTrailerNames();
        }

        @Override
        public int available() {
            return original == null ? 0 : original.available();
        }

        @Override
        public void produce(DataStreamChannel channel) throws IOException {
            if (original == null) {
                channel.endStream();
            } else {
                original.produce(channel);
            }
        }

        @Override
        public void failed(Exception cause) {
            if (original != null) {
                original.failed(cause);
            }
        }

        @Override
        public void releaseResources() {
            if (original != null) {
                original.releaseResources();
            }
        }
    }
}
