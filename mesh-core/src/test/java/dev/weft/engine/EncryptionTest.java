package dev.weft.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Cluster;
import dev.weft.config.ClusterLoadAssignment;
import dev.weft.config.Endpoint;
import dev.weft.config.Snapshots;
import dev.weft.config.UpstreamTls;
import dev.weft.identity.HeldIdentity;
import dev.weft.identity.IdentitySource;
import dev.weft.identity.TestIdentities;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which attempts are encrypted, and that none is made in plaintext because something is missing. */
final class EncryptionTest {
    private static final UpstreamTls MUTUAL =
            new UpstreamTls(UpstreamTls.Mode.ISTIO_MUTUAL, "reviews", List.of(), List.of());
    private static final UpstreamTls SIMPLE = new UpstreamTls(UpstreamTls.Mode.SIMPLE, "reviews", List.of(), List.of());

    private final TestIdentities identities = new TestIdentities();

    private static Calls calls(
            @Nullable UpstreamTls tls, @Nullable UpstreamTls auto, String tlsMode, IdentitySource own) {
        Cluster plain = Snapshots.cluster("reviews");
        Cluster cluster = new Cluster(
                plain.name(),
                plain.discovery(),
                plain.edsName(),
                plain.policy(),
                plain.localityWeighted(),
                plain.panicThreshold(),
                plain.connectTimeout(),
                plain.breakers(),
                plain.outlier(),
                plain.protocol(),
                0,
                null,
                tls,
                auto,
                plain.service());
        Endpoint endpoint = new Endpoint(
                "10.0.0.1",
                80,
                Endpoint.Health.HEALTHY,
                1,
                "",
                tlsMode.isEmpty() ? Map.of() : Map.of("tlsMode", tlsMode));
        return new Calls(
                Snapshots.empty()
                        .host("reviews", 9080, Snapshots.route("reviews"))
                        .cluster(cluster)
                        .endpoints(ClusterLoadAssignment.of("reviews", List.of(endpoint)))
                        .snapshot(),
                own);
    }

    private static String reason(FakeAdapter call) {
        return java.util.Objects.requireNonNull(call.reply).reason();
    }

    @Test
    void withoutAnIdentityAServerOfTheMeshIsNotCalledAndTheReasonSaysWhatToDo() {
        FakeAdapter call = calls(MUTUAL, null, "", new HeldIdentity()).get("http://reviews:9080/1");

        assertThat(call.commands).containsExactly("reply 503 UF");
        assertThat(reason(call))
                .contains("host 10.0.0.1:80", "no identity yet", "see why no certificate comes from the CA");
    }

    @Test
    void theReasonNamesTheCa() {
        HeldIdentity none = new HeldIdentity();
        IdentitySource source = new IdentitySource() {
            @Override
            public dev.weft.identity.@Nullable Identity current() {
                return none.current();
            }

            @Override
            public Runnable onChange(java.util.function.Consumer<dev.weft.identity.Identity> listener) {
                return none.onChange(listener);
            }

            @Override
            public String trouble() {
                return "CA ca.internal:15012: connection refused";
            }
        };

        assertThat(reason(calls(MUTUAL, null, "", source).get("http://reviews:9080/1")))
                .contains("CA ca.internal:15012: connection refused");
    }

    @Test
    void anExpiredIdentityIsNone() {
        HeldIdentity own = IdentitySource.of(identities.expiringIn(60_000, 0));
        Calls calls = calls(MUTUAL, null, "", own);

        assertThat(calls.get("http://reviews:9080/1").commands).containsExactly("send 1 to 10.0.0.1:80");
        calls.advance(60_001);
        FakeAdapter late = calls.get("http://reviews:9080/1");
        assertThat(late.commands).containsExactly("reply 503 UF");
        assertThat(reason(late)).contains("expired at");

        own.set(identities.expiringIn(3_600_000, 1));
        assertThat(calls.get("http://reviews:9080/1").commands).containsExactly("send 1 to 10.0.0.1:80");
    }

    @Test
    void anIdentityThatBeginsAFewMinutesAheadOfThisClockIsGood() {
        HeldIdentity own = IdentitySource.of(identities.valid(4 * 60_000, 3_600_000, 0));
        assertThat(calls(MUTUAL, null, "", own).get("http://reviews:9080/1").commands)
                .containsExactly("send 1 to 10.0.0.1:80");

        HeldIdentity far = IdentitySource.of(identities.valid(6 * 60_000, 3_600_000, 0));
        assertThat(reason(calls(MUTUAL, null, "", far).get("http://reviews:9080/1")))
                .contains("begins only at");
    }

    @Test
    void automaticTlsIsForEndpointsThatDeclareIt() {
        HeldIdentity own = IdentitySource.of(identities.expiringIn(3_600_000, 0));

        FakeAdapter declared = calls(null, MUTUAL, "istio", own).get("http://reviews:9080/1");
        assertThat(declared.last().tls()).isEqualTo(MUTUAL);
        FakeAdapter silent = calls(null, MUTUAL, "", own).get("http://reviews:9080/1");
        assertThat(silent.last().tls()).isNull();
        FakeAdapter refused = calls(null, MUTUAL, "istio", new HeldIdentity()).get("http://reviews:9080/1");
        assertThat(refused.commands).containsExactly("reply 503 UF");
    }

    @Test
    void httpsDemandsEncryptionOfAnyKind() {
        HeldIdentity none = new HeldIdentity();

        FakeAdapter plain = calls(null, null, "", none).get("https://reviews:9080/1");
        assertThat(plain.commands).containsExactly("reply 503 UF");
        assertThat(reason(plain)).contains("https was demanded");
        assertThat(calls(SIMPLE, null, "", none).get("https://reviews:9080/1").commands)
                .containsExactly("send 1 to 10.0.0.1:80");
    }
}
