package dev.weft.http.kit;

import dev.weft.Mesh;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;

/** Everything that any client on the mesh does alike. An adapter's test says how its client sends, and inherits the rest. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class HttpClientContract
        implements HeadContract, RetryContract, TimeContract, BodyContract, ConnectionContract, MirrorContract {
    private final boolean http2;
    private final @Nullable MutualTls tls;

    /** In plaintext. */
    public HttpClientContract(boolean http2) {
        this(http2, null);
    }

    /** @param tls identities of client and servers; null: plaintext */
    public HttpClientContract(boolean http2, @Nullable MutualTls tls) {
        this.http2 = http2;
        this.tls = tls;
        Leaks.watch();
    }

    /** The client under test, on that mesh. */
    public abstract Subject on(Mesh mesh);

    @Override
    public boolean http2() {
        return http2;
    }

    @Override
    public Bench bench() {
        return new Bench(http2, tls, this::on);
    }

    @Override
    public boolean encrypted() {
        return tls != null;
    }

    @AfterAll
    static void noBufferIsLost() {
        Leaks.none();
    }
}
