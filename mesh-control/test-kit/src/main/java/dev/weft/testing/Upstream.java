package dev.weft.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Instances of a service, as a test wants them. */
public final class Upstream {
    private final PolicyMesh policy;
    private final String host;
    private final Map<String, String> labels;

    Upstream(PolicyMesh policy, String host, Map<String, String> labels) {
        this.policy = policy;
        this.host = host;
        this.labels = labels;
    }

    /** Those of that version: subsets select by the label. */
    public Upstream version(String version) {
        return label("version", version);
    }

    /** Those with that label. */
    public Upstream label(String name, String value) {
        Map<String, String> more = new HashMap<>(labels);
        more.put(name, value);
        return new Upstream(policy, host, Map.copyOf(more));
    }

    /** The port that callers write; what the rules name unless said, else 80. */
    public Upstream port(int servicePort) {
        policy.town().port(host, servicePort);
        return this;
    }

    /** They listen on these ports of this machine: WireMock's, for instance. None: the service has no instance of this kind. */
    public Upstream is(int... localPorts) {
        return is(Arrays.stream(localPorts)
                .mapToObj(port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .toArray(InetSocketAddress[]::new));
    }

    /** They listen there, in plaintext. */
    public Upstream is(InetSocketAddress... addresses) {
        policy.town().put(host, labels, List.of(addresses));
        return this;
    }

    /** One instance that answers with these statuses in turn, and then goes on with the last. */
    public Scripted answers(int... statuses) {
        if (statuses.length == 0) {
            throw new IllegalArgumentException("answers(): at least one status was expected");
        }
        Scripted scripted = new Scripted(statuses);
        policy.closeLater(scripted);
        is(scripted.server.getAddress());
        return scripted;
    }

    /** A server that answers by a script. */
    public static final class Scripted implements AutoCloseable {
        private final HttpServer server;
        private final int[] statuses;
        private final AtomicInteger next = new AtomicInteger();
        private final List<String> requests = new CopyOnWriteArrayList<>();

        Scripted(int[] statuses) {
            this.statuses = statuses.clone();
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.createContext("/", this::answer);
            server.start();
        }

        private void answer(HttpExchange exchange) throws IOException {
            try (exchange) {
                requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(statuses[Math.min(next.getAndIncrement(), statuses.length - 1)], -1);
            }
        }

        /** What has come so far, each as {@code GET /1}. */
        public List<String> requests() {
            return List.copyOf(requests);
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
