package dev.weft.control.endtoend;

import static dev.weft.control.endtoend.Follower.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.MeshSnapshot;
import dev.weft.control.ControlPlane;
import dev.weft.control.ControlPlaneOptions;
import dev.weft.control.HeldPort;
import dev.weft.control.store.DirectoryConfigStore;
import dev.weft.control.translate.Translator;
import dev.weft.xds.Dialect;
import dev.weft.xds.XdsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the control plane pushes, the library accepts, in both variants of the protocol. */
final class XdsEndToEndTest {
    private static final String REVIEWS = "reviews.default.svc.cluster.local:9080";
    private static final String ALL = "outbound|9080||reviews.default.svc.cluster.local";
    private static final String V1 = "outbound|9080|v1|reviews.default.svc.cluster.local";
    private static final String V2 = "outbound|9080|v2|reviews.default.svc.cluster.local";

    private static final String SPLIT = """
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: reviews, namespace: default}
            spec:
              host: reviews
              subsets:
              - {name: v1, labels: {version: v1}}
              - {name: v2, labels: {version: v2}}
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews, namespace: default}
            spec:
              hosts: [reviews]
              http:
              - route:
                - {destination: {host: reviews, subset: v1}, weight: 90}
                - {destination: {host: reviews, subset: v2}, weight: 10}
            """;

    @TempDir
    Path directory;

    private Path config;
    private HeldPort port;
    private ControlPlane controlPlane;

    @BeforeEach
    void start() throws IOException {
        config = Files.createDirectory(directory.resolve("config"));
        port = new HeldPort();
        startControlPlane();
    }

    private void startControlPlane() throws IOException {
        controlPlane = ControlPlane.start(
                ControlPlaneOptions.of(config).withPort(port.number()).withData(directory.resolve("data")),
                DirectoryConfigStore.open(config, null, null),
                Translator::new);
    }

    @AfterEach
    void stop() throws IOException {
        controlPlane.close();
        port.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aHostIsFoundLoadedAndFollowedThroughAChangeWithoutAGap(boolean stateOfTheWorld) throws IOException {
        XdsOptions options = stateOfTheWorld ? XdsOptions.DEFAULT.withStateOfTheWorld() : XdsOptions.DEFAULT;
        try (Follower v1 = reviews(options, "v1", 7001);
                Follower v2 = reviews(options, "v2", 7002);
                Follower caller = new Follower(controlPlane.target(), options, "productpage", "v1")) {
            until("reviews is in the index", () -> caller.host(REVIEWS) != null);
            assertThat(caller.isLoaded(REVIEWS)).isFalse();
            assertThat(caller.source.state().dialect()).isEqualTo(Dialect.BY_NAME);

            caller.source.request(caller.host(REVIEWS));
            until("reviews is loaded", () -> caller.isLoaded(REVIEWS));
            assertThat(caller.choices(REVIEWS)).containsExactly(ALL);
            until("both instances are known", () -> caller.ports(ALL).equals(List.of(7001, 7002)));

            Files.writeString(config.resolve("reviews.yaml"), SPLIT);
            until("the split is in force", () -> caller.choices(REVIEWS).equals(List.of(V1, V2)));
            assertThat(caller.ports(V1)).containsExactly(7001);
            assertThat(caller.ports(V2)).containsExactly(7002);

            Files.delete(config.resolve("reviews.yaml"));
            until("the split is gone", () -> caller.choices(REVIEWS).equals(List.of(ALL)));
            assertThat(caller.ports(ALL)).containsExactly(7001, 7002);

            assertThat(caller.broken())
                    .as("clusters named before they were here")
                    .isEmpty();
            for (Follower each : List.of(v1, v2, caller)) {
                assertThat(each.source.state().problems()).isEmpty();
            }
        }
    }

    @Test
    void whoSaysGoodbyeIsGoneForEveryCallerWhenTheAnswerComes() {
        try (Follower v1 = reviews(XdsOptions.DEFAULT, "v1", 7001);
                Follower v2 = reviews(XdsOptions.DEFAULT, "v2", 7002);
                Follower caller = caller()) {
            until("both instances are known", () -> caller.ports(ALL).equals(List.of(7001, 7002)));

            v2.source.goodbye().toCompletableFuture().join();

            assertThat(caller.ports(ALL)).containsExactly(7001);
            assertThat(v1.source.state().connected()).isTrue();
        }
    }

    @Test
    void whoIsDownIsNotCalledUntilUpAgain() {
        try (Follower v1 = reviews(XdsOptions.DEFAULT, "v1", 7001);
                Follower v2 = reviews(XdsOptions.DEFAULT, "v2", 7002);
                Follower caller = caller()) {
            until("both instances are known", () -> caller.ports(ALL).equals(List.of(7001, 7002)));

            v1.source.down("database unreachable");
            until("v1 is left out", () -> caller.ports(ALL).equals(List.of(7002)));
            v1.source.up();
            until("v1 is back", () -> caller.ports(ALL).equals(List.of(7001, 7002)));
            assertThat(v2.source.state().connected()).isTrue();
        }
    }

    @Test
    void aControlPlaneThatRestartsChangesNothingForWhoeverHasItsConfiguration() throws IOException {
        try (Follower v1 = reviews(XdsOptions.DEFAULT, "v1", 7001);
                Follower caller = caller()) {
            until("reviews is known", () -> caller.ports(ALL).equals(List.of(7001)));
            MeshSnapshot before = caller.last();
            int snapshots = caller.snapshots.size();

            controlPlane.close();
            until("the loss is noticed", () -> !caller.source.state().connected());
            startControlPlane();
            until(
                    "both are back",
                    () -> caller.source.state().connected() && v1.source.state().connected());

            Files.writeString(config.resolve("reviews.yaml"), SPLIT);
            until(
                    "the stream is good for changes",
                    () -> caller.choices(REVIEWS).equals(List.of(V1, V2)));
            assertThat(before.ports().get(9080)).isNotEmpty();
            for (MeshSnapshot snapshot : caller.snapshots.subList(snapshots, caller.snapshots.size())) {
                assertThat(snapshot.endpoints().containsKey(ALL)
                                || snapshot.endpoints().containsKey(V1))
                        .isTrue();
            }
            assertThat(caller.source.state().problems()).isEmpty();
        }
    }

    private Follower reviews(XdsOptions options, String version, int port) {
        return new Follower(controlPlane.target(), options, "reviews", version).serving(port);
    }

    /** A client that has called reviews. */
    private Follower caller() {
        Follower caller = new Follower(controlPlane.target(), XdsOptions.DEFAULT, "productpage", "v1");
        until("reviews is in the index", () -> caller.host(REVIEWS) != null);
        caller.source.request(caller.host(REVIEWS));
        until("reviews is loaded", () -> caller.isLoaded(REVIEWS));
        return caller;
    }
}
