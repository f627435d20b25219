package dev.weft.control.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import dev.weft.config.InboundPolicy;
import dev.weft.config.MeshSnapshot;
import dev.weft.engine.InboundEngine;
import dev.weft.engine.Peer;
import dev.weft.identity.PeerIdentity;
import dev.weft.match.NormalPath;
import dev.weft.proto.envoy.config.core.v3.Address;
import dev.weft.proto.envoy.config.core.v3.SocketAddress;
import dev.weft.proto.envoy.config.core.v3.TrafficDirection;
import dev.weft.proto.envoy.config.listener.v3.Filter;
import dev.weft.proto.envoy.config.listener.v3.FilterChain;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import dev.weft.proto.envoy.config.rbac.v3.RBAC;
import dev.weft.proto.envoy.config.route.v3.DirectResponseAction;
import dev.weft.proto.envoy.config.route.v3.NonForwardingAction;
import dev.weft.proto.envoy.config.route.v3.Route;
import dev.weft.proto.envoy.config.route.v3.RouteConfiguration;
import dev.weft.proto.envoy.config.route.v3.RouteMatch;
import dev.weft.proto.envoy.config.route.v3.VirtualHost;
import dev.weft.proto.envoy.extensions.filters.http.router.v3.Router;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.PathWithEscapedSlashesAction;
import dev.weft.proto.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import dev.weft.proto.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import dev.weft.request.Headers;
import dev.weft.request.LocalReply;
import dev.weft.request.RequestHead;
import dev.weft.runtime.World;
import dev.weft.telemetry.MeshObserver;
import dev.weft.xds.reader.ListenerReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random rules, random requests: the library decides about each as a real Envoy does that has the very same listener. */
@Tag("interop")
final class SameAsEnvoyTest {
    private static final long SEED = Long.getLong("weft.interop.seed", 4711);
    private static final int LISTENERS = 60;
    private static final int REQUESTS = 250;

    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");

    private static final String[] PIECES = {
        "/",
        "/",
        "a",
        "b",
        "A",
        "..",
        ".",
        "%2e",
        "%2f",
        "%5C",
        "\\",
        ";x",
        "//",
        "%61",
        "%3a",
        "c",
        "a.b",
        "|",
        "%25",
        "?q=/../a",
        "#",
        "%00",
        "%zz"
    };

    private final Random dice = new Random(SEED);
    private final RandomRules rules = new RandomRules(dice);
    private final Set<Integer> ports = new HashSet<>();

    @TempDir
    Path directory;

    /** A request, as Envoy gets it and as a guard hands it over. */
    private record Request(String method, String host, String path, List<String> headers) {
        byte[] bytes() {
            StringBuilder text = new StringBuilder()
                    .append("%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Length: 0\r\n"
                            .formatted(method, path, host));
            for (int i = 0; i < headers.size(); i += 2) {
                text.append(headers.get(i))
                        .append(": ")
                        .append(headers.get(i + 1))
                        .append("\r\n");
            }
            return text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        }

        RequestHead head() {
            return new RequestHead(method, "http", host, path, Headers.of(headers.toArray(String[]::new)));
        }
    }

    @Test
    void everyDecisionIsEnvoysOrOneOfThoseThatAreSaidToDiffer() throws Exception {
        List<Listener> listeners = new ArrayList<>();
        for (int i = 0; i < LISTENERS; i++) {
            listeners.add(listener(i));
        }
        Process envoy = start(listeners);
        List<String> differences = new ArrayList<>();
        int allowed = 0;
        try {
            for (Listener listener : listeners) {
                InboundEngine engine = engine(listener);
                for (int i = 0; i < REQUESTS; i++) {
                    Request request = request();
                    int theirs = ask(port(listener), request);
                    LocalReply ours = decide(engine, port(listener), request);
                    int status = ours == null ? 200 : ours.status();
                    allowed += status == 200 ? 1 : 0;
                    if (status != theirs && !isSaid(request, status, theirs)) {
                        differences.add(listener.getName() + " " + request + ": Envoy " + theirs + ", we " + status
                                + (ours == null ? "" : ", " + ours.reason()));
                    }
                }
            }
        } finally {
            envoy.destroy();
        }
        assertThat(differences).as("seed %d", SEED).isEmpty();
        assertThat(allowed).as("requests that were let in").isGreaterThan(LISTENERS * REQUESTS / 10);
    }

    /** What docs/authorization.md says to differ: all of them for the better. */
    private static boolean isSaid(Request request, int ours, int theirs) {
        String path = request.path.split("\\?", 2)[0];
        boolean badEscape = ours == 400 && (BAD_ESCAPE.matcher(path).find() || path.contains("%00"));
        boolean otherSpelling = ours == 403 && theirs == 200 && path.contains("%");
        boolean encodedDotsWithParameters =
                path.toLowerCase(java.util.Locale.ROOT).contains("%2e") && path.contains(";");
        // Merged, they are one slash here and two there.
        String normal = NormalPath.of(path);
        boolean onlySlashes = normal != null && normal.chars().allMatch(c -> c == '/');
        return badEscape || otherSpelling || encodedDotsWithParameters || onlySlashes;
    }

    private Request request() {
        StringBuilder path = new StringBuilder("/");
        for (int left = dice.nextInt(6); left > 0; left--) {
            path.append(one(PIECES));
        }
        List<String> headers = new ArrayList<>();
        for (int left = dice.nextInt(4); left > 0; left--) {
            headers.add(one("x-a", "x-b", "X-A"));
            headers.add(one("a", "b", "ab", "a,b", "", "A"));
        }
        if (dice.nextInt(3) == 0) {
            headers.add("x-forwarded-for");
            headers.add(one("10.1.2.3", "1.2.3.4, 10.0.0.1", "2001:db8::1", "junk", "10.0.0.1, 1.2.3.4"));
        }
        return new Request(
                one("GET", "POST", "DELETE"), one("h", "H.EXAMPLE", "h:80", "h.example"), path.toString(), headers);
    }

    private String one(String... choices) {
        return choices[dice.nextInt(choices.length)];
    }

    private Listener listener(int number) throws IOException {
        HttpConnectionManager manager = HttpConnectionManager.newBuilder()
                .setStatPrefix("inbound")
                .setNormalizePath(BoolValue.of(true))
                .setMergeSlashes(number % 3 == 1)
                .setPathWithEscapedSlashesAction(
                        number % 5 == 2
                                ? PathWithEscapedSlashesAction.UNESCAPE_AND_FORWARD
                                : number % 5 == 3
                                        ? PathWithEscapedSlashesAction.REJECT_REQUEST
                                        : PathWithEscapedSlashesAction.KEEP_UNCHANGED)
                .setUseRemoteAddress(BoolValue.of(false))
                .setRouteConfig(RouteConfiguration.newBuilder()
                        .addVirtualHosts(VirtualHost.newBuilder()
                                .setName("all")
                                .addDomains("*")
                                .addRoutes(Route.newBuilder()
                                        .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                                        .setDirectResponse(DirectResponseAction.newBuilder()
                                                .setStatus(200)))))
                .addHttpFilters(rbac(rules.rules(RBAC.Action.DENY, dice.nextInt(3))))
                .addHttpFilters(rbac(rules.rules(RBAC.Action.ALLOW, 1 + dice.nextInt(6))))
                .addHttpFilters(filter("envoy.filters.http.router", Router.getDefaultInstance()))
                .build();
        return Listener.newBuilder()
                .setName("listener-" + number)
                .setTrafficDirection(TrafficDirection.INBOUND)
                .setAddress(Address.newBuilder()
                        .setSocketAddress(SocketAddress.newBuilder()
                                .setAddress("127.0.0.1")
                                .setPortValue(freePort())))
                .addFilterChains(FilterChain.newBuilder()
                        .addFilters(Filter.newBuilder()
                                .setName("envoy.filters.network.http_connection_manager")
                                .setTypedConfig(Any.pack(manager))))
                .build();
    }

    private static HttpFilter rbac(RBAC rules) {
        return filter(
                "envoy.filters.http.rbac",
                dev.weft
                        .proto
                        .envoy
                        .extensions
                        .filters
                        .http
                        .rbac
                        .v3
                        .RBAC
                        .newBuilder()
                        .setRules(rules)
                        .build());
    }

    private static HttpFilter filter(String name, Message config) {
        return HttpFilter.newBuilder()
                .setName(name)
                .setTypedConfig(Any.pack(config))
                .build();
    }

    private int freePort() throws IOException {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                if (ports.add(socket.getLocalPort())) {
                    return socket.getLocalPort();
                }
            }
        }
    }

    private static int port(Listener listener) {
        return listener.getAddress().getSocketAddress().getPortValue();
    }

    /** The same listener where the application answers what Envoy, which has none here, answers itself. */
    private static Listener inFrontOfAnApplication(Listener listener) throws InvalidProtocolBufferException {
        Listener.Builder ours = listener.toBuilder();
        Filter.Builder filter = ours.getFilterChainsBuilder(0).getFiltersBuilder(0);
        HttpConnectionManager.Builder manager = filter.getTypedConfig().unpack(HttpConnectionManager.class).toBuilder();
        manager.getRouteConfigBuilder()
                .getVirtualHostsBuilder(0)
                .getRoutesBuilder(0)
                .setNonForwardingAction(NonForwardingAction.getDefaultInstance());
        filter.setTypedConfig(Any.pack(manager.build()));
        return ours.build();
    }

    private static InboundEngine engine(Listener listener) throws InvalidProtocolBufferException {
        InboundPolicy read = ListenerReader.read(
                        listener.getName(), inFrontOfAnApplication(listener).toByteArray())
                .value()
                .inbound();
        assertThat(read.refusal()).isNull();
        InboundEngine engine = new InboundEngine(World.system(), new MeshObserver() {});
        // The chain names no port, and ours has one listener for all of them.
        engine.apply(new MeshSnapshot(
                "1",
                Map.of(),
                Map.of(),
                Map.of(),
                MeshSnapshot.Source.STATIC,
                0,
                new InboundPolicy(Map.of(), read.others())));
        return engine;
    }

    private static LocalReply decide(InboundEngine engine, int port, Request request) {
        Peer peer = new Peer(
                PeerIdentity.ANONYMOUS,
                new InetSocketAddress("127.0.0.1", 1),
                new InetSocketAddress("127.0.0.1", port),
                port,
                false,
                "");
        return engine.begin(request.head(), peer).decide().toCompletableFuture().join();
    }

    private static int ask(int port, Request request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.bytes());
            String status = new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))
                    .readLine();
            return Integer.parseInt(status.split(" ")[1]);
        }
    }

    private Process start(List<Listener> listeners) throws Exception {
        JsonFormat.Printer printer = JsonFormat.printer()
                .usingTypeRegistry(com.google.protobuf.TypeRegistry.newBuilder()
                        .add(HttpConnectionManager.getDescriptor())
                        .add(Router.getDescriptor())
                        .add(UriTemplateMatchConfig.getDescriptor())
                        .add(dev.weft.proto.envoy.extensions.filters.http.rbac.v3.RBAC.getDescriptor())
                        .build());
        String json =
                listeners.stream().map(listener -> print(printer, listener)).collect(Collectors.joining(","));
        Path bootstrap = directory.resolve("envoy.json");
        Files.writeString(bootstrap, "{\"static_resources\":{\"listeners\":[" + json + "]}}");
        Process process = new ProcessBuilder(
                        Parts.prepared("envoy/bin/envoy").toString(),
                        "-c",
                        bootstrap.toString(),
                        "--use-dynamic-base-id",
                        "--concurrency",
                        "1",
                        "-l",
                        "error")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("envoy.log").toFile())
                .start();
        for (Listener listener : listeners) {
            awaitOpen(process, port(listener));
        }
        return process;
    }

    private void awaitOpen(Process process, int port) throws Exception {
        long until = System.nanoTime() + 20_000_000_000L;
        while (true) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.isConnected()).isTrue();
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() - until > 0) {
                    throw new AssertionError(Files.readString(directory.resolve("envoy.log")), e);
                }
                process.waitFor(50, java.util.concurrent.TimeUnit.MILLISECONDS);
            }
        }
    }

    private static String print(JsonFormat.Printer printer, Message message) {
        try {
            return printer.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }
}
