package dev.weft.control.conformance;

import dev.weft.request.Headers;
import dev.weft.request.RequestHead;
import dev.weft.telemetry.MeshObserver;
import dev.weft.upstream.Host;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes every attempt, and marks its request so that the server that gets it knows which kind it is. */
final class Attempts implements MeshObserver {
    static final String HEADER = "x-attempt-kind";

    private final List<Attempt> attempts = new CopyOnWriteArrayList<>();

    /** @param kind the engine's word: {@code PRIMARY}, {@code RETRY}, {@code MIRROR} */
    record Attempt(String kind, String cluster) {
        boolean isCopy() {
            return kind.equals("MIRROR");
        }
    }

    @Override
    public CallObserver call(RequestHead head) {
        return new CallObserver() {
            @Override
            public AttemptObserver attempt(String kind, int number, Host host, Headers.Builder headers) {
                attempts.add(new Attempt(kind, host.cluster()));
                headers.set(HEADER, kind);
                return AttemptObserver.NONE;
            }
        };
    }

    void forget() {
        attempts.clear();
    }

    List<Attempt> all() {
        return List.copyOf(attempts);
    }
}
