package dev.weft.control.conformance;

import dev.weft.Mesh;
import dev.weft.request.Headers;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A guarded server under test, with the application behind it. */
interface AuthzSite extends AutoCloseable {
    /** Starts one. */
    interface Kind {
        AuthzSite start(Mesh mesh) throws IOException;
    }

    /** Where a connection of that kind goes. */
    InetSocketAddress address(boolean tls);

    /** Fields of the last request that reached the application since this was asked, or null. */
    @Nullable
    Headers arrived();

    @Override
    void close();
}
