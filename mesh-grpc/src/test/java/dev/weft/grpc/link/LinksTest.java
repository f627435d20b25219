package dev.weft.grpc.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Endpoint;
import dev.weft.config.MeshSnapshot;
import dev.weft.engine.Attempt.Failure;
import dev.weft.grpc.link.FakeChannel.FakeSubchannel;
import dev.weft.upstream.Host;
import io.grpc.CallOptions;
import io.grpc.ConnectivityState;
import io.grpc.LoadBalancer;
import io.grpc.Status;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinksTest {
    private final LinkBench bench = new LinkBench();
    private final FakeChannel channel = bench.channel;
    private final Host one = FakeAttempt.host("10.0.0.1");
    private final Host two = FakeAttempt.host("10.0.0.2");

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aHostIsDialledWhenAnAttemptFirstWantsIt() {
        assertThat(channel.subchannels).isEmpty();
        FakeAttempt attempt = bench.attempt(one);
        FakeAttempt other = bench.attempt(one);
        assertThat(channel.subchannels).hasSize(1);
        assertThat(bench.subchannel(0).dials).isEqualTo(1);
        assertThat(bench.subchannel(0).group().getAddresses()).containsExactly(new InetSocketAddress("10.0.0.1", 80));
        assertThat(bench.subchannel(0).args.getOption(LoadBalancer.DISABLE_SUBCHANNEL_RECONNECT_KEY))
                .isTrue();
        assertThat(channel.went).isEmpty();
        assertThat(channel.state).isEqualTo(ConnectivityState.READY);

        bench.subchannel(0).becomes(ConnectivityState.READY);
        assertThat(channel.went).containsEntry(attempt, bench.subchannel(0)).containsEntry(other, bench.subchannel(0));
        assertThat(channel.went.get(bench.attempt(one))).isSameAs(bench.subchannel(0));
    }

    @Test
    void whoWaitsHearsOfAFailureAtOnceAndTheNextDialsAnew() {
        FakeAttempt failed = bench.attempt(one);
        FakeAttempt elsewhere = bench.attempt(two);
        bench.subchannel(0).fails(unavailable(new ConnectException("Connection refused")));
        LinkFailedException failure = Objects.requireNonNull(bench.failure(failed));
        assertThat(failure.failure()).isEqualTo(Failure.CONNECT);
        assertThat(failure).hasMessage("10.0.0.1:80: Connection refused");
        assertThat(channel.waiting).containsOnlyKeys(elsewhere);

        FakeAttempt next = bench.attempt(one);
        assertThat(channel.went).doesNotContainKey(next);
        assertThat(channel.subchannels).hasSize(2);
        assertThat(bench.subchannel(0).dials).isEqualTo(2);
        bench.subchannel(0).becomes(ConnectivityState.READY);
        assertThat(channel.went.get(next)).isSameAs(bench.subchannel(0));
    }

    @Test
    void callersWhoWaitForReadinessAreToldAsWell() {
        FakeAttempt patient = new FakeAttempt(one, null);
        channel.pick(patient, CallOptions.DEFAULT.withWaitForReady().withOption(AttemptOption.KEY, patient));
        bench.subchannel(0).fails(unavailable(new ConnectException("no")));
        assertThat(bench.failure(patient)).isNotNull();
    }

    @Test
    void aFailedHandshakeIsNoFailedConnection() {
        FakeAttempt attempt = bench.attempt(one, FakeAttempt.MUTUAL);
        bench.subchannel(0).fails(unavailable(new SSLHandshakeException("no common root")));
        assertThat(Objects.requireNonNull(bench.failure(attempt)).failure()).isEqualTo(Failure.TLS);
    }

    @Test
    void aHandshakeThatIsWorthAnotherIsRepeatedOnceBeforeAnybodyHears() {
        FakeAttempt attempt = bench.attempt(one, FakeAttempt.MUTUAL);
        Status status = unavailable(LinkFailedException.worthAnother("10.0.0.1:80: the name was unreadable", null));
        bench.subchannel(0).fails(status);
        assertThat(bench.subchannel(0).dials).isEqualTo(2);
        assertThat(channel.went).isEmpty();
        bench.subchannel(0).fails(status);
        assertThat(Objects.requireNonNull(bench.failure(attempt)).failure()).isEqualTo(Failure.TLS);
        assertThat(bench.subchannel(0).dials).isEqualTo(2);
    }

    @Test
    void aDialEndsWithTheClustersConnectTimeout() {
        FakeAttempt attempt = bench.attempt(one);
        bench.world.advance(Duration.ofMillis(4_999));
        assertThat(channel.went).isEmpty();
        bench.world.advance(Duration.ofMillis(1));
        assertThat(bench.failure(attempt)).hasMessage("10.0.0.1:80: no connection within 5000 ms");
        assertThat(bench.subchannel(0).shutdown).isTrue();

        bench.subchannel(0).becomes(ConnectivityState.READY);
        FakeAttempt next = bench.attempt(one);
        bench.subchannel(1).becomes(ConnectivityState.READY);
        assertThat(channel.went.get(next)).isSameAs(bench.subchannel(1));
        bench.world.advance(Duration.ofMinutes(1));
        assertThat(bench.subchannel(1).shutdown).isFalse();
    }

    @Test
    void aConnectionThatIsGoneIsMadeAgainByTheNextAttempt() {
        bench.attempt(one);
        bench.subchannel(0).becomes(ConnectivityState.READY);
        bench.subchannel(0).becomes(ConnectivityState.IDLE);
        assertThat(bench.subchannel(0).dials).isEqualTo(1);
        FakeAttempt next = bench.attempt(one);
        assertThat(channel.went).doesNotContainKey(next);
        assertThat(bench.subchannel(0).dials).isEqualTo(2);
    }

    @Test
    void aConnectionThatGrpcMakesByItselfIsBoundedToo() {
        bench.attempt(one);
        bench.subchannel(0).becomes(ConnectivityState.READY);
        bench.subchannel(0).becomes(ConnectivityState.IDLE);
        bench.subchannel(0).becomes(ConnectivityState.CONNECTING);
        FakeAttempt attempt = bench.attempt(one);
        assertThat(bench.subchannel(0).dials).isEqualTo(1);
        bench.world.advance(Duration.ofSeconds(5));
        assertThat(bench.failure(attempt)).isNotNull();
    }

    @Test
    void aHostThatHasLeftKeepsItsConnectionForCallsThatAreOnItOnly() {
        bench.attempt(one);
        bench.attempt(two);
        bench.subchannel(0).becomes(ConnectivityState.READY);
        bench.subchannel(1).becomes(ConnectivityState.READY);
        one.leave();
        bench.configured();
        assertThat(bench.subchannel(0).shutdown).isTrue();
        assertThat(bench.subchannel(1).shutdown).isFalse();
    }

    @Test
    void aHostThatLeavesWhileItIsDialledStillServesThoseWhoWait() {
        FakeAttempt attempt = bench.attempt(one);
        one.leave();
        bench.configured();
        assertThat(bench.subchannel(0).shutdown).isFalse();
        bench.subchannel(0).becomes(ConnectivityState.READY);
        assertThat(channel.went.get(attempt)).isSameAs(bench.subchannel(0));
        assertThat(bench.subchannel(0).shutdown).isTrue();

        FakeAttempt late = bench.attempt(one);
        bench.subchannel(1).becomes(ConnectivityState.READY);
        assertThat(channel.went.get(late)).isSameAs(bench.subchannel(1));
    }

    @Test
    void whoHasChosenALinkThatEndsMeanwhileGetsAnother() {
        bench.attempt(one);
        bench.subchannel(0).becomes(ConnectivityState.READY);
        bench.subchannel(0).becomes(ConnectivityState.IDLE);
        FakeAttempt late = new FakeAttempt(one, null);
        one.leave();
        channel.sync.execute(() -> {
            bench.configured();
            channel.pick(late);
        });
        assertThat(bench.subchannel(0).shutdown).isTrue();
        bench.subchannel(1).becomes(ConnectivityState.READY);
        assertThat(channel.went.get(late)).isSameAs(bench.subchannel(1));
    }

    @Test
    void newCertificatesMeanNewConnections() {
        bench.attempt(one, FakeAttempt.MUTUAL);
        FakeAttempt plain = bench.attempt(two);
        bench.subchannel(0).becomes(ConnectivityState.READY);
        bench.subchannel(1).becomes(ConnectivityState.READY);
        assertThat(bench.subchannel(0).group().getAttributes().get(LinkSecurity.KEY))
                .isEqualTo(new LinkSecurity(bench.mesh, FakeAttempt.MUTUAL, FakeAttempt.MUTUAL.sni(), 1));

        bench.certificates.renewed();
        channel.runOffloaded();
        assertThat(bench.subchannel(0).shutdown).isTrue();
        assertThat(bench.subchannel(1).shutdown).isFalse();
        assertThat(channel.went).containsKey(plain);

        FakeAttempt next = bench.attempt(one, FakeAttempt.MUTUAL);
        bench.subchannel(2).becomes(ConnectivityState.READY);
        assertThat(channel.went.get(next)).isSameAs(bench.subchannel(2));
        assertThat(bench.subchannel(2).group().getAttributes().get(LinkSecurity.KEY))
                .isEqualTo(new LinkSecurity(bench.mesh, FakeAttempt.MUTUAL, FakeAttempt.MUTUAL.sni(), 2));
    }

    @Test
    void aHostIsReachedByTheNewestSettingOnly() {
        bench.attempt(one);
        bench.subchannel(0).becomes(ConnectivityState.READY);
        FakeAttempt secured = new FakeAttempt(one, FakeAttempt.SIMPLE);
        channel.pick(
                secured,
                CallOptions.DEFAULT.withOption(AttemptOption.KEY, secured).withAuthority(""));
        assertThat(bench.subchannel(0).shutdown).isTrue();
        assertThat(channel.subchannels).hasSize(2);
    }

    @Test
    void theServerNameIsTheSettingsElseTheOneThatTheAttemptBears() {
        bench.attempt(one, FakeAttempt.MUTUAL);
        bench.attempt(one, FakeAttempt.SIMPLE);
        FakeAttempt named = new FakeAttempt(one, FakeAttempt.SIMPLE);
        channel.pick(
                named, CallOptions.DEFAULT.withOption(AttemptOption.KEY, named).withAuthority("Ratings.example.:443"));
        assertThat(channel.subchannels)
                .extracting(made -> Objects.requireNonNull(
                                made.group().getAttributes().get(LinkSecurity.KEY))
                        .serverName())
                .containsExactly(FakeAttempt.MUTUAL.sni(), "reviews", "ratings.example");
    }

    @Test
    void plaintextIsSaidAndNotLeftOut() {
        bench.attempt(one);
        assertThat(bench.subchannel(0).group().getAttributes().get(LinkSecurity.KEY))
                .isEqualTo(new LinkSecurity(bench.mesh, null, "", 0));
    }

    @Test
    void aHostOutsideOfTheMeshIsEncryptedAsTheBuilderSays() {
        bench.attempt(new Host(MeshSnapshot.PASSTHROUGH_CLUSTER, Endpoint.of("10.0.0.9", 80)), FakeAttempt.SIMPLE);
        assertThat(bench.subchannel(0).group().getAttributes().get(LinkSecurity.KEY))
                .isNull();
    }

    @Test
    void aHostWithANameIsLookedUpWhereThatMayBlock() {
        FakeAttempt attempt = bench.attempt(FakeAttempt.host("localhost"));
        assertThat(channel.subchannels).isEmpty();
        channel.runOffloaded();
        assertThat(bench.subchannel(0).dials).isEqualTo(1);
        bench.subchannel(0).becomes(ConnectivityState.READY);
        assertThat(channel.went).containsKey(attempt);

        FakeAttempt nowhere = bench.attempt(FakeAttempt.host("no-such-host.invalid"));
        channel.runOffloaded();
        assertThat(bench.failure(nowhere)).hasMessage("no-such-host.invalid:80: unknown host no-such-host.invalid");
    }

    @Test
    void aHostWithANameIsLookedUpAgainForEveryDial() {
        Host named = FakeAttempt.host("localhost");
        bench.attempt(named);
        channel.runOffloaded();
        bench.subchannel(0).fails(unavailable(new ConnectException("it has moved")));
        FakeAttempt next = bench.attempt(named);
        channel.runOffloaded();
        assertThat(bench.subchannel(0).dials).isEqualTo(1);
        assertThat(bench.subchannel(0).shutdown).isTrue();
        bench.subchannel(1).becomes(ConnectivityState.READY);
        assertThat(channel.went.get(next)).isSameAs(bench.subchannel(1));
    }

    @Test
    void changesThatComeTogetherAreToldOnce() {
        List<FakeAttempt> attempts = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            attempts.add(bench.attempt(FakeAttempt.host("10.1.0." + i)));
        }
        int before = channel.pickers;
        channel.sync.execute(
                () -> channel.subchannels.forEach(subchannel -> subchannel.becomes(ConnectivityState.READY)));
        assertThat(channel.pickers).isEqualTo(before + 1);
        assertThat(channel.went).containsOnlyKeys(attempts);
    }

    @Test
    void whereAskingTakesLongChangesAreCollected() {
        for (int i = 0; i < 4; i++) {
            bench.attempt(FakeAttempt.host("10.1.0." + i));
        }
        channel.asking = () -> bench.world.advance(Duration.ofMillis(10));
        bench.subchannel(0).becomes(ConnectivityState.READY);
        int before = channel.pickers;
        bench.subchannel(1).becomes(ConnectivityState.READY);
        bench.subchannel(2).fails(unavailable(new ConnectException("no")));
        bench.world.advance(Duration.ofMillis(29));
        assertThat(channel.pickers).isEqualTo(before);
        bench.world.advance(Duration.ofMillis(1));
        channel.runOffloaded();
        assertThat(channel.pickers).isEqualTo(before + 1);
        assertThat(channel.waiting).hasSize(1);
    }

    @Test
    void theChannelIsAsWellOffAsItsBestConnection() {
        bench.attempt(one);
        bench.subchannel(0).fails(unavailable(new ConnectException("no")));
        assertThat(channel.state).isEqualTo(ConnectivityState.TRANSIENT_FAILURE);
        bench.attempt(two);
        bench.subchannel(1).becomes(ConnectivityState.READY);
        assertThat(channel.state).isEqualTo(ConnectivityState.READY);
        bench.attempt(one);
        bench.subchannel(0).fails(unavailable(new ConnectException("no")));
        assertThat(channel.state).isEqualTo(ConnectivityState.READY);
    }

    @Test
    void aClosedPolicyLeavesNothingBehind() {
        bench.attempt(one);
        bench.attempt(two);
        bench.subchannel(0).becomes(ConnectivityState.READY);
        channel.sync.execute(channel.policy::shutdown);
        assertThat(channel.subchannels).allMatch(made -> ((FakeSubchannel) made).shutdown);
        assertThat(bench.certificates.listeners).isEmpty();
        assertThat(bench.world.pendingTimers()).isZero();
        // A call that still has the old picker in its hand.
        bench.attempt(FakeAttempt.host("10.0.0.3"));
        assertThat(channel.subchannels).hasSize(2);
    }

    @Test
    void aHostThatNeedsTlsIsNeverReachedByABuilderThatWasNotWrapped() {
        channel.resolved(TakenName.of(new MeshTarget(bench.mesh, "reviews:9080", false, false), null));
        LinkFailedException failure = Objects.requireNonNull(bench.failure(bench.attempt(one, FakeAttempt.MUTUAL)));
        assertThat(failure.failure()).isEqualTo(Failure.TLS);
        assertThat(failure)
                .hasMessageContaining("10.0.0.1:80: TLS is demanded")
                .hasMessageContaining("mesh.wrap(builder)");
        assertThat(channel.subchannels).isEmpty();
        bench.attempt(one);
        assertThat(channel.subchannels).hasSize(1);
    }

    @Test
    void aCallThatBeganBeforeTheNameWasTheMeshsIsToldSo() {
        FakeAttempt unseen = new FakeAttempt(one, null);
        channel.pick(unseen, CallOptions.DEFAULT);
        assertThat(channel.went.get(unseen))
                .asString()
                .contains("UNAVAILABLE", "the name has become the mesh's since this call began");
    }

    private static Status unavailable(Throwable cause) {
        return Status.UNAVAILABLE.withDescription("io exception").withCause(cause);
    }
}
