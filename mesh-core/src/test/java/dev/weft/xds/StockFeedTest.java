package dev.weft.xds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.weft.config.StockResources;
import dev.weft.config.StockResources.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resources for a stock gRPC library, over the stream of the mesh. */
final class StockFeedTest {
    private static final String NAME = "reviews:9090";
    private static final String ASKED = "grpc/" + NAME;
    private static final Message LISTENER = Resources.listener("as-stock-grpc-reads-it");

    @TempDir
    Path directory;

    private final List<Answer> answers = new CopyOnWriteArrayList<>();
    private ScriptedControlPlane server;

    @BeforeEach
    void start() throws IOException {
        server = ScriptedControlPlane.meshControl();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theyAreAskedForBesideOurOwnAndHandedOverUnread() {
        try (Client client = Client.indexed(server, null)) {
            StockResources.Watch watch = watch(client);
            assertThat(last().resources()).isEmpty();
            assertThat(server.asked(ResourceType.LISTENER).getResourceNamesSubscribeList())
                    .containsExactly(ASKED);

            server.answer(server.push(ResourceType.LISTENER, ASKED, LISTENER));

            client.settled("here", () -> last().resources().containsKey(NAME));
            assertThat(last().resources().get(NAME)).isEqualTo(LISTENER.toByteArray());
            assertThat(client.source.state().problems()).isEmpty();
            assertThat(client.last().ports()).as("nothing of it is ours").containsOnlyKeys(0);

            watch.close();
            client.source.settle();
            server.clear();
            client.advance(StockFeed.STAYS.minusMillis(1));
            assertThat(server.wasAsked(ResourceType.LISTENER)).isFalse();
            client.advance(Duration.ofMillis(1));
            assertThat(server.asked(ResourceType.LISTENER).getResourceNamesUnsubscribeList())
                    .containsExactly(ASKED);
        }
    }

    @Test
    void whatAnotherReaderHasIsThereAtOnceAndAskedForOnce() {
        try (Client client = Client.indexed(server, null)) {
            watch(client);
            server.asked(ResourceType.LISTENER);
            server.answer(server.push(ResourceType.LISTENER, ASKED, LISTENER));
            answers.clear();
            server.clear();

            watch(client).close();
            client.source.settle();

            assertThat(last().resources()).containsOnlyKeys(NAME);
            assertThat(server.wasAsked(ResourceType.LISTENER)).isFalse();
        }
    }

    @Test
    void aNameThatIsRemovedOrNeverComesIsSaidNotToExist() {
        try (Client client = Client.indexed(server, null)) {
            watch(client);
            server.asked(ResourceType.LISTENER);
            client.advance(Duration.ofSeconds(16));
            assertThat(last().absent()).containsExactly(NAME);

            server.answer(server.push(ResourceType.LISTENER, ASKED, LISTENER));
            client.settled("here", () -> last().resources().containsKey(NAME));
            server.answer(server.remove(ResourceType.LISTENER, ASKED));
            client.settled("gone", () -> last().absent().contains(NAME));
            assertThat(last().resources()).isEmpty();
        }
    }

    @Test
    void theDiskHasThemWhileTheControlPlaneIsAwayAndWhatIsMissingIsExplained() {
        try (Client client = Client.indexed(server, directory)) {
            StockResources.Watch watch = watch(client);
            server.asked(ResourceType.LISTENER);
            server.answer(server.push(ResourceType.LISTENER, ASKED, LISTENER));
            watch.close();
        }
        server.close();

        try (Client client = Client.of(server, directory, XdsOptions.DEFAULT)) {
            watch(client).want(ResourceType.LISTENER.url(), Set.of(NAME, "ratings:9090"));
            client.settled(
                    "two",
                    () -> last().resources().size() == 1 && !last().obstacle().isEmpty());
            assertThat(last().resources().get(NAME)).isEqualTo(LISTENER.toByteArray());
            assertThat(last().absent()).isEmpty();
            assertThat(last().obstacle()).startsWith(server.name + ": ");
        }
    }

    @Test
    void aControlPlaneOfAnotherKindIsAnObstacle() throws IOException {
        try (ScriptedControlPlane istiod = ScriptedControlPlane.istiod();
                Client client = Client.of(istiod)) {
            istiod.asked(ResourceType.CLUSTER);
            istiod.push(ResourceType.CLUSTER);
            watch(client);

            client.settled("said", () -> last().obstacle().contains("mesh-control was expected"));
            assertThat(istiod.asked(ResourceType.LISTENER).getResourceNamesSubscribeList())
                    .isEmpty();
        }
    }

    private StockResources.Watch watch(Client client) {
        StockResources.Watch watch = client.source.stock().watch(answers::add);
        watch.want(ResourceType.LISTENER.url(), Set.of(NAME));
        client.source.settle();
        return watch;
    }

    private Answer last() {
        return answers.get(answers.size() - 1);
    }
}
