package dev.weft.control.ads;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what a stream sends; has room as the test says. */
final class ScriptedOutlet implements Outlet {
    private final List<ByteString> sent = new ArrayList<>();
    boolean ready = true;
    int reads;

    @Nullable
    Status closed;

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public void send(EncodedResponse response) {
        sent.add(response.bytes());
    }

    @Override
    public void read() {
        reads++;
    }

    @Override
    public void close(Status status) {
        closed = status;
    }

    /** What was sent since the last call. */
    List<ByteString> take() {
        List<ByteString> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }
}
