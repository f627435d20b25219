package dev.weft.spring.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.Trust;
import dev.weft.config.TlsMode;
import dev.weft.http.guard.RawClient;
import dev.weft.http.guard.Rules;
import dev.weft.http.guard.Site;
import dev.weft.http.kit.Eventually;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.Randomness;
import dev.weft.runtime.Ticker;
import dev.weft.runtime.World;
import dev.weft.tls.Opening;
import dev.weft.tls.Openings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections to Boot's servlet containers that take their time, and more of them than anybody needs. */
final class SlowBeginningsTest {
    /** The beginning of a ClientHello that announces 512 bytes. */
    private static final String HELLO = "\u0016\u0003\u0001\u0002\0\u0001\0\1\u00fc\u0003\u0003";

    private final Town town = new Town();
    private final ManualWorld time = World.manual();
    private final Mesh mesh = Mesh.builder()
            .service("stock")
            .ignoreEnvironment()
            .world(new World(Ticker.system(), time, Randomness.system()))
            .trust(Trust.of(town.own))
            .snapshots(town.rules)
            .start();
    private final MeshTls tls = BootSite.tls(mesh);
    private final List<RawClient> open = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        for (RawClient client : open) {
            client.close();
        }
        mesh.close();
    }

    private RawClient connected(Site site, String sent) throws Exception {
        RawClient client = RawClient.plaintext(site.plaintext());
        open.add(client);
        return sent.isEmpty() ? client : client.send(sent);
    }

    @ParameterizedTest
    @EnumSource(BootServer.class)
    void whoTakesTooLongIsClosedAndWhoHasBegunIsNot(BootServer server) throws Exception {
        try (Site site = server.start(tls, new Site.Handlers());
                RawClient proven = RawClient.tls(site.tls(), town.cart);
                RawClient served = RawClient.plaintext(site.plaintext())) {
            assertThat(served.send(Town.get("/public/a")).answer().status()).isEqualTo(200);
            Eventually.is("both have begun", () -> tls.gate().beginning() == 0);

            List<RawClient> slow = new ArrayList<>();
            for (String sent : List.of(
                    "", "G", "\r\n", "GET /public/a HTTP/1.1\r\nHost: st", HELLO.substring(0, 1), HELLO, "PRI * HTT")) {
                slow.add(connected(site, sent));
            }
            Eventually.is("all are counted", () -> tls.gate().beginning() == slow.size());
            time.advance(Duration.ofMillis(Openings.MILLIS - 1));
            assertThat(tls.gate().beginning()).isEqualTo(slow.size());

            time.advance(Duration.ofMillis(1));
            for (RawClient client : slow) {
                assertThat(client.awaitEnd()).isTrue();
            }
            Eventually.is("nobody is beginning", () -> tls.gate().beginning() == 0);
            assertThat(served.send(Town.get("/public/b")).answer().status()).isEqualTo(200);
            assertThat(proven.send(Town.get("/public/c")).answer().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(BootServer.class)
    void whoGoesAwayCountsNoMore(BootServer server) throws Exception {
        try (Site site = server.start(tls, new Site.Handlers())) {
            for (String sent : List.of("", "G", HELLO)) {
                connected(site, sent);
            }
            Eventually.is("all are counted", () -> tls.gate().beginning() == 3);
            for (RawClient client : open) {
                client.close();
            }
            Eventually.is("none is", () -> tls.gate().beginning() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource(BootServer.class)
    void whoCallsGetsInHoweverManyDoNot(BootServer server) throws Exception {
        try (Site site = server.start(tls, new Site.Handlers())) {
            RawClient oldest = connected(site, "");
            Eventually.is("it is counted", () -> tls.gate().beginning() == 1);
            List<Opening> others = new ArrayList<>();
            while (others.size() < Openings.MOST) {
                others.add(tls.gate().opening(() -> {}));
            }
            assertThat(oldest.awaitEnd()).isTrue();
            assertThat(town.plaintext(site.plaintext().getPort(), "/public/a").status())
                    .isEqualTo(200);
            assertThat(town.cart(site.tls().getPort(), "/public/a").status()).isEqualTo(200);

            others.forEach(Opening::end);
            Eventually.is("none is left", () -> tls.gate().beginning() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource(BootServer.class)
    void aPolicyThatChangesBetweenTheBytesOfAHeadHolds(BootServer server) throws Exception {
        try (Site site = server.start(tls, new Site.Handlers())) {
            RawClient client = connected(site, "GET /public/a HTTP/1.1\r\nHo");
            Eventually.is("it is there", () -> tls.gate().beginning() == 1);
            town.rule(TlsMode.STRICT);

            assertThat(client.send("st: stock\r\n\r\n").answer().status()).isIn(0, 403);
            town.rule(TlsMode.PERMISSIVE, Rules.deny(Rules.path("/public")));
            assertThat(town.plaintext(site.plaintext().getPort(), "/public/a").status())
                    .isEqualTo(403);
        }
    }
}
