package dev.weft.http.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.AccessCondition;
import dev.weft.config.HeaderMatch;
import dev.weft.config.InboundStage;
import dev.weft.config.SnapshotSource;
import dev.weft.config.StaticSource;
import dev.weft.config.StringMatch;
import dev.weft.config.TlsMode;
import dev.weft.http.kit.Eventually;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is denied is never reached, however it is spelled: raw requests over sockets, against each server with its own routing. */
final class CorpusTest {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d\\d\\d)");

    /** So long a server may take to close a connection on which all has been said. */
    private static final int HANG_MILLIS = 10_000;

    /** A request that leaves open whether more comes gets its answer within that time; what is watched is who is reached. */
    private static final int OPEN_MILLIS = 20;

    enum Server {
        JDK(JdkSite::new),
        REACTOR(ReactorSite::new),
        TOMCAT(TomcatSite::new),
        JETTY(JettySite::new);

        private final Site.Starter starter;

        Server(Site.Starter starter) {
            this.starter = starter;
        }

        Site start(Mesh mesh, Site.Handlers handlers) throws Exception {
            return starter.start(mesh, handlers);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingProtectedIsReached(Server server) throws Exception {
        Run run = new Run(server);
        try (run) {
            Predicate<Reached> admin =
                    seen -> seen.route().equals("admin") || seen.path().startsWith("/admin");
            InboundStage denyAdmin = Rules.deny(Rules.path("/admin"));
            run.under(denyAdmin, admin, RawRequests.paths());
            run.under(denyAdmin, admin, RawRequests.requestLines());
            run.under(denyAdmin, admin, RawRequests.framing());
            run.under(denyAdmin, admin, RawRequests.bombs());

            InboundStage allowPublic = Rules.allow(Rules.exactly("/public"), Rules.path("/public/"));
            run.under(allowPublic, seen -> !seen.route().equals("public"), RawRequests.paths());
            run.under(allowPublic, seen -> !seen.route().equals("public"), RawRequests.requestLines());

            run.under(Rules.deny(Rules.header("x-role", "admin")), CorpusTest::saysAdmin, RawRequests.roles());

            run.under(Rules.deny(adminHost()), CorpusTest::isAdminHost, RawRequests.hosts());

            run.under(
                    Rules.deny(Rules.header(":method", "DELETE")),
                    seen -> seen.method().equalsIgnoreCase("DELETE"),
                    RawRequests.methods());
        }
        System.out.printf("corpus on %s: %d of %d%n", server, run.good, run.all);
        assertThat(run.failures).isEmpty();
        assertThat(run.all).isGreaterThan(1_000);
    }

    /** With a port and without. */
    static AccessCondition[] adminHost() {
        return new AccessCondition[] {
            Rules.header(":authority", "admin.example.com"),
            new AccessCondition.Header(new HeaderMatch(
                    ":authority",
                    new HeaderMatch.Value(new StringMatch.Prefix("admin.example.com:", true)),
                    false,
                    false))
        };
    }

    static boolean saysAdmin(Reached seen) {
        return seen.role() != null
                && Pattern.compile("\\|")
                        .splitAsStream(seen.role())
                        .anyMatch(value -> value.trim().equals("admin"));
    }

    static boolean isAdminHost(Reached seen) {
        return isAdminHost(seen.host()) || isAdminHost(seen.server());
    }

    private static boolean isAdminHost(String host) {
        return host != null
                && host.trim()
                        .toLowerCase(Locale.ROOT)
                        .replaceFirst(":.*", "")
                        .replaceFirst("\\.$", "")
                        .equals("admin.example.com");
    }

    /** One server, and what came of the requests to it. */
    private static final class Run implements AutoCloseable {
        private final StaticSource rules = SnapshotSource.of(Rules.snapshot(TlsMode.PERMISSIVE));
        private final Site.Handlers handlers = new Site.Handlers();
        private final Mesh mesh;
        private final Site site;
        final List<String> failures = new ArrayList<>();
        int all;
        int good;

        Run(Server server) throws Exception {
            mesh = Mesh.builder()
                    .service("reviews")
                    .ignoreEnvironment()
                    .trust(Trust.of(GuardContract.OWN))
                    .snapshots(rules)
                    .start();
            site = server.start(mesh, handlers);
        }

        void under(InboundStage rule, Predicate<Reached> isProtected, List<RawRequest> requests) throws IOException {
            rules.set(Rules.snapshot(TlsMode.PERMISSIVE, rule));
            under(isProtected, requests);
            // What came of requests that nobody waited for is judged by the rule under which they came.
            Eventually.is("nothing is under way", () -> mesh.inbound().active() == 0);
            String late = protectedReached(isProtected);
            if (late != null) {
                failures.add(late + " <- one of these");
            }
        }

        private void under(Predicate<Reached> isProtected, List<RawRequest> requests) throws IOException {
            for (RawRequest request : requests) {
                all++;
                String wrong = wrong(request, isProtected);
                if (wrong == null) {
                    good++;
                } else {
                    failures.add(wrong + " <- " + request);
                }
            }
        }

        private String protectedReached(Predicate<Reached> isProtected) {
            List<Reached> reached = new ArrayList<>();
            handlers.reached.drainTo(reached);
            return reached.stream()
                    .filter(isProtected)
                    .findFirst()
                    .map(seen -> "BYPASS " + seen.text())
                    .orElse(null);
        }

        private String wrong(RawRequest request, Predicate<Reached> isProtected) throws IOException {
            String answer;
            try (RawClient client = RawClient.plaintext(site.plaintext())) {
                send(client, request.bytes());
                answer = client.everything(request.complete() ? HANG_MILLIS : OPEN_MILLIS);
            }
            String bypass = protectedReached(isProtected);
            if (bypass != null) {
                return bypass;
            }
            if (answer == null) {
                return request.complete() ? "HANG" : null;
            }
            Matcher statuses = STATUS.matcher(answer);
            while (statuses.find()) {
                if (statuses.group(1).startsWith("5") && !isOfTheProtocol(statuses.group(1))) {
                    return statuses.group(1);
                }
            }
            return null;
        }

        private static void send(RawClient client, String bytes) {
            try {
                client.send(bytes);
            } catch (IOException e) {
                // Closed before all was said, which is right as well.
            }
        }

        /** The server's own word that it does not know a transfer coding, a method or a version (RFC 9110, 15.6). */
        private static boolean isOfTheProtocol(String status) {
            return status.equals("501") || status.equals("505");
        }

        @Override
        public void close() throws Exception {
            site.close();
            mesh.close();
        }
    }
}
