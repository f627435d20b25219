package dev.weft.http.kit;

import dev.weft.Mesh;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;

/** Everything that any client on the mesh does alike. An adapter's test says how its client sends, and inherits the rest. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class HttpClientContract
        implements HeadContract, RetryContract, TimeContract, BodyContract, ConnectionContract, MirrorContract {
    private final boolean http2;

    public HttpClientContract(boolean http2) {
        this.http2 = http2;
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
        return new Bench(http2, this::on);
    }

    @AfterAll
    static void noBufferIsLost() {
        Leaks.none();
    }
}
