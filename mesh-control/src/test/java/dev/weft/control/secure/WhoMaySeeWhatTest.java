package dev.weft.control.secure;

import static dev.weft.control.secure.SecurePlane.RATINGS;
import static dev.weft.control.secure.SecurePlane.REVIEWS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.weft.control.TestClient;
import dev.weft.control.ads.Nodes;
import dev.weft.control.ads.ResourceType;
import dev.weft.control.registry.Registration;
import dev.weft.identity.Svid;
import dev.weft.proto.envoy.config.core.v3.Node;
import dev.weft.proto.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import dev.weft.proto.envoy.service.status.v3.ClientStatusDiscoveryServiceGrpc;
import dev.weft.proto.envoy.service.status.v3.ClientStatusRequest;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client is told, and may say, what belongs to the identity that it proved. */
class WhoMaySeeWhatTest {
    private static final String HEALTH = "type.googleapis.com/istio.v1.HealthInformation";

    @TempDir
    Path directory;

    private SecurePlane plane;

    @BeforeEach
    void start() throws Exception {
        plane = new SecurePlane(directory);
    }

    @AfterEach
    void stop() {
        plane.close();
    }

    private static Node reviews() {
        return Nodes.weft("reviews-1", "default", "reviews", 1, 40_001);
    }

    private TestClient client(Svid svid, Node node) throws Exception {
        return TestClient.over(plane.channel(svid, null), node);
    }

    private static void register(TestClient client) {
        client.send(DeltaDiscoveryRequest.newBuilder().setTypeUrl(HEALTH));
    }

    private static void leave(TestClient client) {
        client.send(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(HEALTH)
                .setErrorDetail(com.google.rpc.Status.newBuilder().setCode(1)));
    }

    private List<Registration> registered() {
        return plane.plane.registry().snapshot().services().values().stream()
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void aClientWithItsCertificateIsServedAndRegistered() throws Exception {
        TestClient client = client(plane.certify(REVIEWS), reviews());
        register(client);
        client.subscribe(ResourceType.ROUTE, "reviews:9080");
        assertThat(client.next().getResources(0).getName()).isEqualTo("reviews:9080");
        TestClient.until(() -> registered().size() == 1);
        assertThat(registered().get(0).proven()).isTrue();
    }

    @Test
    void whoShowsNothingIsRefusedBeforeAByteOfHisRequestIsRead() throws Exception {
        TestClient client = TestClient.over(plane.channel(null, null), reviews());
        assertThat(client.end().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        plane.refused("no credential");
        assertThat(plane.plane.clients()).isZero();
    }

    @Test
    void theLocalTokenIsForCertificatesAndNotForConfiguration() throws Exception {
        String bearer = plane.localBearer(plane.localToken().get("secret").getAsString(), REVIEWS.toString());
        TestClient client = TestClient.over(plane.channel(null, bearer), reviews());
        assertThat(client.end().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    void aNodeThatSpeaksForAnotherAccountOrNamespaceIsRefusedNamingBoth() throws Exception {
        Svid ratings = plane.certify(RATINGS);
        for (Node lying : List.of(
                reviews(),
                Nodes.saying(Nodes.weft("ratings-1", "default", "ratings", 1, 40_001), "NAMESPACE", "payments"),
                Node.newBuilder()
                        .setId("sidecar~10.0.0.1~ratings-1.payments~payments.svc.cluster.local")
                        .build())) {
            TestClient client = client(ratings, lying);
            client.subscribe(ResourceType.ROUTE, "reviews:9080");
            Status end = client.end();
            assertThat(end.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
            assertThat(end.getDescription()).contains(RATINGS.toString()).containsAnyOf("\"reviews\"", "\"payments\"");
            assertThat(client.waiting()).isZero();
            plane.refused("foreign_identity");
            assertThat(plane.audit()
                            .get(plane.audit().size() - 1)
                            .get("identity")
                            .getAsString())
                    .isEqualTo(RATINGS.toString());
        }
        assertThat(registered()).isEmpty();
    }

    @Test
    void aNodeThatRegistersAsAnotherLaterOnTheStreamIsRefusedToo() throws Exception {
        TestClient client = client(plane.certify(RATINGS), Nodes.weft("ratings-1", "default", "ratings", 1, 40_001));
        client.subscribe(ResourceType.ROUTE, "reviews:9080");
        client.next();
        client.introduceAs(reviews());
        register(client);
        assertThat(client.end().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(registered()).isEmpty();
    }

    @Test
    void whatTheNodeLeavesUnsaidIsTakenFromTheCertificate() throws Exception {
        Node silent = Nodes.without(Nodes.without(reviews(), "NAMESPACE"), "SERVICE_ACCOUNT").toBuilder()
                .setId("reviews-1")
                .build();
        TestClient client = client(plane.certify(REVIEWS), silent);
        register(client);
        TestClient.until(() -> registered().size() == 1);
        assertThat(registered().get(0).namespace()).isEqualTo("default");
        assertThat(registered().get(0).serviceAccount()).isEqualTo("reviews");
    }

    @Test
    void nobodyTakesOverAnInstanceThatAnotherAccountProvedNorSaysGoodbyeForIt() throws Exception {
        TestClient owner = client(plane.certify(REVIEWS), reviews());
        register(owner);
        TestClient.until(() -> registered().size() == 1);

        Node thief =
                Nodes.saying(Nodes.weft("reviews-1", "default", "reviews", 99, 6_666), "SERVICE_ACCOUNT", "ratings");
        TestClient taking = client(plane.certify(RATINGS), thief);
        register(taking);
        assertThat(taking.end().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        TestClient leaving = client(plane.certify(RATINGS), thief);
        leave(leaving);
        assertThat(leaving.end().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        TestClient unproven = TestClient.connect(plane.plane.port(), Nodes.saying(thief, "SERVICE_ACCOUNT", "reviews"));
        leave(unproven);
        assertThat(unproven.end().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        unproven.close();

        assertThat(registered()).singleElement().satisfies(still -> {
            assertThat(still.serviceAccount()).isEqualTo("reviews");
            assertThat(still.ports().get(0).boundPort()).isEqualTo(40_001);
        });
        TestClient.until(() -> plane.refusals().stream()
                        .filter(line -> line.contains("another service account"))
                        .count()
                == 2);
    }

    @Test
    void whoProvesNothingDoesNotJoinAServiceOfThoseWhoDo() throws Exception {
        TestClient owner = client(plane.certify(REVIEWS), reviews());
        register(owner);
        TestClient.until(() -> registered().size() == 1);
        try (TestClient stranger =
                TestClient.connect(plane.plane.port(), Nodes.weft("reviews-2", "default", "reviews", 1, 6_666))) {
            register(stranger);
            assertThat(stranger.end().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        }
        try (TestClient other =
                TestClient.connect(plane.plane.port(), Nodes.weft("details-1", "default", "details", 1, 40_002))) {
            register(other);
            TestClient.until(() -> registered().size() == 2);
        }
        assertThat(registered())
                .filteredOn(one -> one.service().equals("details"))
                .singleElement()
                .satisfies(one -> assertThat(one.proven()).isFalse());
    }

    @Test
    void whoProvesHisIdentityTakesAnUnprovenInstancesPlace() throws Exception {
        try (TestClient before =
                TestClient.connect(plane.plane.port(), Nodes.weft("reviews-1", "default", "reviews", 9, 1_111))) {
            register(before);
            TestClient.until(() -> registered().size() == 1);
            TestClient owner = client(plane.certify(REVIEWS), reviews());
            register(owner);
            TestClient.until(() -> registered().get(0).proven());
            assertThat(registered().get(0).ports().get(0).boundPort()).isEqualTo(40_001);
        }
    }

    @Test
    void aStreamEndsWithTheCertificateThatOpenedItAndItsConnectionWithIt() throws Exception {
        Svid svid = plane.certify(REVIEWS);
        // As long as a busy machine may take for a handshake.
        plane.clock.advance(Duration.ofHours(1).minus(Duration.ofMinutes(2)));
        Channel channel = plane.channel(svid, null);
        TestClient client = TestClient.over(channel, reviews());
        client.subscribe(ResourceType.ROUTE, "reviews:9080");
        client.next();

        plane.passUntil(svid.expiry());
        Status end = client.end();

        assertThat(end.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(end.getDescription()).contains("connect again by a newer one");
        plane.passUntil(svid.expiry().plusSeconds(2));
        // The connection is gone, so the next call opens another one, whose handshake fails: the clients' clock has not
        // moved.
        TestClient again = TestClient.over(channel, reviews());
        assertThat(again.end().getCode()).isIn(Status.Code.UNAVAILABLE, Status.Code.UNAUTHENTICATED);
    }

    @Test
    void statusIsToldToOperatorsOnlyAndNeverToWorkloads() throws Exception {
        TestClient client = client(plane.certify(REVIEWS), reviews());
        client.subscribe(ResourceType.ROUTE, "reviews:9080");
        client.ack(client.next());

        for (Channel workload : List.of(plane.channel(plane.certify(REVIEWS), null), plane.channel(null, null))) {
            StatusRuntimeException e = catchThrowableOfType(StatusRuntimeException.class, () -> status(workload));
            assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
        StatusRuntimeException forged = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> status(plane.channel(
                        null,
                        new dev.weft.control.access.OperatorToken(
                                        plane.operatorToken().id(), "x", "", "", 0)
                                .encoded())));
        assertThat(forged.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);

        Struct about = status(plane.channel(null, plane.operatorToken().encoded()));
        assertThat(about.getFieldsOrThrow("identity").getStringValue()).isEqualTo(REVIEWS.toString());
        assertThat(about.getFieldsOrThrow("credential").getStringValue()).isEqualTo("certificate");
        assertThat(about.getFieldsMap()).containsKey("expires");
    }

    private static Struct status(Channel channel) {
        return ClientStatusDiscoveryServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .fetchClientStatus(ClientStatusRequest.getDefaultInstance())
                .getConfig(0)
                .getNode()
                .getMetadata()
                .getFieldsOrDefault("dev.weft", Value.getDefaultInstance())
                .getStructValue();
    }
}
