package dev.weft.http.guard;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.InboundStage;
import dev.weft.config.SnapshotSource;
import dev.weft.config.StaticSource;
import dev.weft.config.TlsMode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What is denied is never reached over HTTP/2 either, however it is spelled: frames over sockets, against any server that takes h2c. */
public final class Http2Corpus {
    private static final List<String> PATHS = List.of(
            "/admin",
            "admin",
            "",
            "*",
            " /admin",
            "/admin ",
            "http://reviews/admin",
            "http://reviews/public/../admin",
            "//admin",
            "///admin",
            "//reviews/admin",
            "\\admin",
            "/\\admin",
            "/ADMIN",
            "/./admin",
            "/public/../admin",
            "/public/..;/admin",
            "/public/%2e%2e/admin",
            "/x%2f..%2fadmin",
            "/public/..%2fadmin",
            "/%61dmin",
            "/%2561dmin",
            "/admin;x",
            "/;x/admin",
            "/admin/",
            "/admin/.",
            "/admin#x",
            "/admin?x",
            "/public?/../admin",
            "/public#/../admin",
            "/public\0/../admin",
            "/admin\0",
            "/admin HTTP/1.1\r\nHost: reviews",
            "/public HTTP/1.1\r\n\r\nGET /admin HTTP/1.1\r\nHost: reviews\r\n\r\n",
            "/admin\r\n",
            "/adm\u00efn",
            "/%zz/../admin");

    /** In the place of, or beside, what every request has; a pair with an empty value leaves that out. */
    private static final List<String[]> ROLES = List.of(
            fields("x-role", "admin"),
            fields("X-Role", "admin"),
            fields("x-role", " admin "),
            fields("x-role", "\tadmin"),
            fields("x-role", "user", "x-role", "admin"),
            fields("x-role", "admin", "x-role", "user"),
            fields("x-a", "b\r\nx-role: admin"),
            fields("x-a", "b\nx-role: admin"),
            fields("x-a", "b\rx-role: admin"),
            fields("x-a: b\r\nx-role", "admin"),
            fields("x-role:", "admin"),
            fields("x-role ", "admin"),
            fields(" x-role", "admin"),
            fields("x-role\0", "admin"),
            fields("x-role", "admin\0"),
            fields("x-role", "\0admin"),
            fields("x-role", "user, admin"),
            fields("connection", "x-role", "x-role", "admin"),
            fields("transfer-encoding", "chunked", "x-role", "admin"),
            fields("upgrade", "h2c", "x-role", "admin"),
            fields("te", "gzip", "x-role", "admin"),
            fields("content-length", "5", "x-role", "admin"),
            fields(":x-role", "admin"),
            fields("", "admin"),
            fields("x-role", "Admin"));

    private static final List<String[]> HOSTS = List.of(
            fields(":authority", "admin.example.com"),
            fields(":authority", "ADMIN.example.COM"),
            fields(":authority", "admin.example.com."),
            fields(":authority", "admin.example.com:80"),
            fields(":authority", "x@admin.example.com"),
            fields(":authority", "admin.example.com/"),
            fields(":authority", "admin.example.com\0"),
            fields(":authority", "reviews, admin.example.com"),
            fields("host", "admin.example.com"),
            fields("host", "reviews", "host", "admin.example.com"),
            fields(":authority", "", "host", "admin.example.com"),
            fields(":authority", "", "host", "reviews", "host", "admin.example.com"),
            fields("x-forwarded-host", "admin.example.com"),
            fields("forwarded", "host=admin.example.com"),
            fields(":authority", "admin.example.com", "host", "reviews"));

    private static final List<String[]> METHODS = List.of(
            fields(":method", "DELETE"),
            fields(":method", "delete"),
            fields(":method", " DELETE"),
            fields(":method", "DELETE /public HTTP/1.1\r\nx: "),
            fields(":method", "DELETE\0"),
            fields(":method", ""),
            fields(":method", "CONNECT"),
            fields(":method", "CONNECT", ":protocol", "websocket"),
            fields("x-http-method-override", "DELETE"));

    private final List<String> failures = new ArrayList<>();
    private final StaticSource rules = SnapshotSource.of(Rules.snapshot(TlsMode.PERMISSIVE));
    private final Site.Handlers handlers = new Site.Handlers();

    private Http2Corpus() {}

    private static String[] fields(String... all) {
        return all;
    }

    /** What went wrong on such a server: nothing, one hopes. */
    public static List<String> failures(Site.Starter server) throws Exception {
        Http2Corpus corpus = new Http2Corpus();
        try (Mesh mesh = Mesh.builder()
                        .service("reviews")
                        .ignoreEnvironment()
                        .trust(Trust.of(GuardContract.OWN))
                        .snapshots(corpus.rules)
                        .start();
                Site site = server.start(mesh, corpus.handlers)) {
            corpus.run(site);
        }
        return corpus.failures;
    }

    private void run(Site site) throws IOException {
        ask(site, Rules.allow(Rules.path("/public")), seen -> true, Frames.head("/public/a"));
        if (failures.size() == 1) {
            failures.clear();
        } else {
            failures.add("a good request is not served");
        }

        Predicate<Reached> admin =
                seen -> seen.route().equals("admin") || seen.path().startsWith("/admin");
        for (String path : PATHS) {
            ask(site, Rules.deny(Rules.path("/admin")), admin, Frames.head(path));
            ask(
                    site,
                    Rules.allow(Rules.exactly("/public"), Rules.path("/public/")),
                    seen -> !seen.route().equals("public"),
                    Frames.head(path));
            ask(site, Rules.deny(Rules.path("/admin")), admin, with(Frames.head("/public/a"), ":path", path));
        }
        for (String[] role : ROLES) {
            ask(
                    site,
                    Rules.deny(Rules.header("x-role", "admin")),
                    CorpusTest::saysAdmin,
                    with(Frames.head("/public/a"), role));
        }
        for (String[] host : HOSTS) {
            InboundStage rule = Rules.deny(CorpusTest.adminHost());
            ask(site, rule, CorpusTest::isAdminHost, with(Frames.head("/public/a"), host));
            ask(site, rule, CorpusTest::isAdminHost, instead(host));
        }
        for (String[] method : METHODS) {
            InboundStage rule = Rules.deny(Rules.header(":method", "DELETE"));
            Predicate<Reached> deletes = seen -> seen.method().trim().equalsIgnoreCase("DELETE");
            ask(site, rule, deletes, with(Frames.head("/public/a"), method));
            ask(site, rule, deletes, instead(method));
        }
    }

    private static String[] with(String[] head, String... more) {
        return Stream.of(head, more).flatMap(Arrays::stream).toArray(String[]::new);
    }

    /** A good head where these take the place of the fields of their names. */
    private static String[] instead(String... fields) {
        List<String> all = new ArrayList<>(List.of(fields));
        String[] head = Frames.head("/public/a");
        for (int i = 0; i < head.length; i += 2) {
            if (!all.contains(head[i])) {
                all.add(0, head[i + 1]);
                all.add(0, head[i]);
            }
        }
        for (int i = all.size() - 2; i >= 0; i -= 2) {
            if (all.get(i).equals(":authority") && all.get(i + 1).isEmpty()) {
                all.remove(i + 1);
                all.remove(i);
            }
        }
        return all.toArray(String[]::new);
    }

    private void ask(Site site, InboundStage rule, Predicate<Reached> isProtected, String... fields)
            throws IOException {
        rules.set(Rules.snapshot(TlsMode.PERMISSIVE, rule));
        String request = Frames.PREFACE + Frames.of(1, Frames.END_HEADERS | Frames.END_STREAM, 1, Frames.block(fields));
        try (RawClient client = RawClient.plaintext(site.plaintext())) {
            client.send(request);
            awaitEnd(client);
        } catch (java.net.SocketTimeoutException e) {
            failures.add("HANG <- " + new RawRequest("h2", request, true));
        }
        List<Reached> reached = new ArrayList<>();
        handlers.reached.drainTo(reached);
        for (Reached seen : reached) {
            if (isProtected.test(seen)) {
                failures.add("BYPASS " + seen.text() + " <- " + new RawRequest("h2", request, true));
            }
        }
    }

    /** Of the stream, or of the connection. */
    private static void awaitEnd(RawClient client) throws IOException {
        while (true) {
            String frame = frame(client);
            boolean ours = frame.length() >= 9 && frame.charAt(8) == 1;
            boolean last = frame.length() >= 9 && frame.charAt(3) <= 1 && (frame.charAt(4) & Frames.END_STREAM) != 0;
            if (frame.isEmpty() || frame.charAt(3) == 7 || ours && (last || frame.charAt(3) == 3)) {
                return;
            }
        }
    }

    private static String frame(RawClient client) throws IOException {
        try {
            return client.frame();
        } catch (java.net.SocketException e) {
            return "";
        }
    }
}
