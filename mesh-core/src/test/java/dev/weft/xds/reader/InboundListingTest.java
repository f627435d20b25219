package dev.weft.xds.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import dev.weft.config.ConfigProblem;
import dev.weft.config.InboundPolicy;
import dev.weft.config.InboundPolicy.HeadRules;
import dev.weft.config.InboundPolicy.PortPolicy;
import dev.weft.config.Rbac;
import dev.weft.config.RbacStage;
import dev.weft.config.TlsMode;
import dev.weft.proto.envoy.config.listener.v3.Listener;
import dev.weft.xds.Listings;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What a real istiod says to a workload that is STRICT and has one ALLOW policy. */
final class InboundListingTest {

    @Test
    void everyChainOfARealListingIsUnderstood() throws IOException {
        Read<ReadListener> read = virtualInbound();

        assertThat(read.problems()).extracting(ConfigProblem::toString).isEmpty();
        InboundPolicy policy = read.value().inbound();
        assertThat(policy.refusal()).isNull();
        assertThat(policy.ports()).containsOnlyKeys(9080, 9090);
        assertThat(policy.port(9080)).isEqualTo(policy.port(9090));
    }

    @Test
    void aPortOfARealListingIsStrictAndLetsOnlyTheProductpageRead() throws IOException {
        PortPolicy port = virtualInbound().value().inbound().port(9080);

        assertThat(port.tls()).isEqualTo(TlsMode.STRICT);
        assertThat(port.callers()).containsExactly("spiffe://cluster.local/");
        assertThat(port.heads()).isEqualTo(HeadRules.ISTIO);
        assertThat(port.stages()).singleElement().isInstanceOfSatisfying(RbacStage.class, stage -> {
            assertThat(stage.shadow()).isNull();
            assertThat(stage.rules().action()).isEqualTo(Rbac.Action.ALLOW);
            assertThat(stage.rules().policies()).containsOnlyKeys("ns[default]-policy[reviews-allow-get]-rule[0]");
        });
    }

    /** The HTTP chain for other ports and not the TCP one, whose ALLOW lost the rule that TCP cannot judge. */
    @Test
    void otherPortsAreJudgedByTheChainThatSpeaksHttp() throws IOException {
        PortPolicy others = virtualInbound().value().inbound().others();

        assertThat(others.stages())
                .singleElement()
                .isInstanceOfSatisfying(
                        RbacStage.class,
                        stage -> assertThat(stage.rules().policies()).isNotEmpty());
    }

    private static Read<ReadListener> virtualInbound() throws IOException {
        for (Any any : Listings.of("sidecar-inbound", "lds")) {
            if (Listings.name(any).equals("virtualInbound")) {
                return ListenerReader.read(
                        "virtualInbound", any.unpack(Listener.class).toByteArray());
            }
        }
        throw new AssertionError("no virtualInbound in the listing");
    }
}
