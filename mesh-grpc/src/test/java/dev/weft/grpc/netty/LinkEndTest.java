package dev.weft.grpc.netty;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.Mesh;
import dev.weft.http.identity.Workloads;
import dev.weft.http.kit.MutualTls;
import dev.weft.identity.HeldIdentity;
import dev.weft.identity.IdentitySource;
import dev.weft.runtime.ManualWorld;
import dev.weft.runtime.World;
import io.grpc.Server;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections do not outlive what was proved when they were made. */
final class LinkEndTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Party party = new Party();
    private final ManualWorld world = World.manual();
    private final Workloads ca = new Workloads(world.epochMillis());
    private final AtomicInteger connections = new AtomicInteger();

    LinkEndTest() throws Exception {}

    @AfterEach
    void close() throws Exception {
        party.close();
    }

    private HeldIdentity valid(String id, Duration time) throws Exception {
        return IdentitySource.of(ca.identity(id, 1, time.toMillis(), ca.root));
    }

    private Line line(HeldIdentity client, HeldIdentity server) throws Exception {
        Mesh reviews = party.mesh("reviews", server, world.world());
        Mesh productpage = party.mesh("productpage", client, world.world());
        Server serving = party.serve(reviews, (listening, encrypted) -> connections.incrementAndGet() < 0);
        return party.bring(Line.toMesh(productpage, serving, MutualTls.towardsReviews()));
    }

    @Test
    void theEndOfOurCertificateEndsTheConnection() throws Exception {
        Line line = line(valid(MutualTls.PRODUCTPAGE, HOUR), valid(MutualTls.REVIEWS, HOUR.multipliedBy(2)));
        try (Line.Talk talk = line.begin()) {
            assertThat(talk.ask()).startsWith(MutualTls.PRODUCTPAGE);
            world.advance(HOUR);
            assertThat(talk.ask()).startsWith(MutualTls.PRODUCTPAGE);

            world.advance(Duration.ofSeconds(1));
            assertThat(talk.hear()).startsWith("UNAVAILABLE").contains("this process's certificate has ended");
        }
    }

    @Test
    void afterTheEndOfTheServersCallsGoOnAndNewOnesGoElsewhere() throws Exception {
        HeldIdentity server = valid(MutualTls.REVIEWS, HOUR);
        Line line = line(valid(MutualTls.PRODUCTPAGE, HOUR.multipliedBy(3)), server);
        try (Line.Talk talk = line.begin()) {
            assertThat(talk.ask()).startsWith(MutualTls.PRODUCTPAGE);
            server.set(ca.identity(MutualTls.REVIEWS, 2, HOUR.multipliedBy(3).toMillis(), ca.root));
            assertThat(line.ask()).startsWith(MutualTls.PRODUCTPAGE);
            assertThat(connections).hasValue(1);

            world.advance(HOUR.plusSeconds(1));
            assertThat(talk.ask()).startsWith(MutualTls.PRODUCTPAGE);
            assertThat(line.ask()).startsWith(MutualTls.PRODUCTPAGE);
            assertThat(connections).hasValue(2);
        }
    }
}
