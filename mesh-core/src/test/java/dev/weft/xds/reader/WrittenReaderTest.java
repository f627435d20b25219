package dev.weft.xds.reader;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import dev.weft.config.Origin;
import dev.weft.config.Written;
import dev.weft.proto.envoy.config.core.v3.Metadata;
import dev.weft.proto.envoy.config.route.v3.RetryPolicy;
import dev.weft.proto.envoy.config.route.v3.Route;
import dev.weft.proto.envoy.config.route.v3.RouteAction;
import dev.weft.proto.envoy.config.route.v3.RouteConfiguration;
import dev.weft.proto.envoy.config.route.v3.RouteMatch;
import dev.weft.proto.envoy.config.route.v3.VirtualHost;
import dev.weft.proto.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import org.junit.jupiter.api.Test;

/** Which bounds of a route count as written, by what its control plane says or leaves to be told. */
final class WrittenReaderTest {
    private static final Origin REVIEWS = new Origin("VirtualService default/reviews http[1]", "reviews.yaml", 14);
    private static final Origin ISTIODS = new Origin("VirtualService default/reviews", "", 0);
    private static final Duration ZERO = Duration.getDefaultInstance();
    private static final Duration THREE = Duration.newBuilder().setSeconds(3).build();

    /** What istiod 1.29 writes where a VirtualService says nothing. */
    private static final RetryPolicy DEFAULT = RetryPolicy.newBuilder()
            .setRetryOn("connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes")
            .setNumRetries(UInt32Value.of(2))
            .setHostSelectionRetryMaxAttempts(5)
            .addRetryHostPredicate(RetryPolicy.RetryHostPredicate.newBuilder()
                    .setName("envoy.retry_host_predicates.previous_hosts")
                    .setTypedConfig(Any.pack(PreviousHostsPredicate.getDefaultInstance())))
            .build();

    @Test
    void meshControlSaysWhatWasWritten() {
        Metadata silent = weft(Struct.newBuilder());
        assertThat(written(silent, action().setTimeout(THREE).setRetryPolicy(policy("5xx"))))
                .isEqualTo(Written.NOTHING);

        Struct.Builder both = Struct.newBuilder()
                .putFields("timeout", struct(Struct.newBuilder()))
                .putFields("retries", struct(Struct.newBuilder()))
                .putFields("later", struct(Struct.newBuilder()));
        assertThat(written(weft(both), action().setTimeout(ZERO))).isEqualTo(new Written(REVIEWS, REVIEWS, null));
    }

    @Test
    void whatIsWrittenElsewhereHasAPlaceOfItsOwn() {
        Struct.Builder root = place("VirtualService default/root http[0]", "root.yaml", 7);
        Written written =
                written(weft(Struct.newBuilder().putFields("perTryTimeout", struct(root))), action().setTimeout(ZERO));
        assertThat(written)
                .isEqualTo(new Written(null, null, new Origin("VirtualService default/root http[0]", "root.yaml", 7)));
    }

    @Test
    void istiodsDefaultsCountAsSilence() {
        assertThat(written(istio(), action().setTimeout(ZERO).setRetryPolicy(DEFAULT)))
                .isEqualTo(Written.NOTHING);
        RetryPolicy hashed = DEFAULT.toBuilder().clearRetryHostPredicate().build();
        assertThat(written(istio(), action().setTimeout(ZERO).setRetryPolicy(hashed)))
                .isEqualTo(Written.NOTHING);
    }

    @Test
    void whatIstiodWritesBesidesWasWrittenInTheVirtualService() {
        assertThat(written(istio(), action().setTimeout(THREE).setRetryPolicy(DEFAULT)))
                .isEqualTo(new Written(ISTIODS, null, null));
        RetryPolicy three = DEFAULT.toBuilder().setNumRetries(UInt32Value.of(3)).build();
        assertThat(written(istio(), action().setTimeout(ZERO).setRetryPolicy(three)))
                .isEqualTo(new Written(null, ISTIODS, null));
        RetryPolicy bounded = DEFAULT.toBuilder().setPerTryTimeout(THREE).build();
        assertThat(written(istio(), action().setTimeout(ZERO).setRetryPolicy(bounded)))
                .isEqualTo(new Written(null, ISTIODS, ISTIODS));
    }

    @Test
    void aVirtualServiceWithoutAPolicySwitchedRetriesOff() {
        assertThat(written(istio(), action().setTimeout(ZERO))).isEqualTo(new Written(null, ISTIODS, null));
    }

    @Test
    void ofOtherControlPlanesTheValuesAreTaken() {
        Metadata none = Metadata.getDefaultInstance();
        // Envoy's 15 s are nobody's words.
        assertThat(written(none, action())).isEqualTo(Written.NOTHING);
        assertThat(written(none, action().setTimeout(THREE).setRetryPolicy(policy("5xx"))))
                .isEqualTo(new Written(Origin.UNKNOWN, Origin.UNKNOWN, null));
        assertThat(written(
                        none,
                        action().setTimeout(ZERO)
                                .setMaxStreamDuration(RouteAction.MaxStreamDuration.newBuilder()
                                        .setMaxStreamDuration(THREE))))
                .isEqualTo(new Written(Origin.UNKNOWN, null, null));
    }

    @Test
    void theVirtualHostsRetryPolicyIsAPolicyToo() {
        VirtualHost host = host(Metadata.getDefaultInstance(), action().setTimeout(ZERO)).toBuilder()
                .setRetryPolicy(policy("reset"))
                .build();
        assertThat(written(host)).isEqualTo(new Written(null, Origin.UNKNOWN, null));
    }

    @Test
    void aWordThatIsNoStructIsAsIfItWereNotThere() {
        Struct odd = Struct.newBuilder()
                .putFields(
                        "written", Value.newBuilder().setStringValue("timeout").build())
                .build();
        Metadata metadata =
                Metadata.newBuilder().putFilterMetadata("dev.weft", odd).build();
        assertThat(written(metadata, action().setTimeout(THREE))).isEqualTo(new Written(Origin.UNKNOWN, null, null));
    }

    private static RetryPolicy policy(String on) {
        return RetryPolicy.newBuilder().setRetryOn(on).build();
    }

    private static RouteAction.Builder action() {
        return RouteAction.newBuilder().setCluster("c");
    }

    private static Metadata weft(Struct.Builder written) {
        Struct weft = place(REVIEWS.resource(), REVIEWS.file(), REVIEWS.line())
                .putFields("written", struct(written))
                .build();
        return Metadata.newBuilder().putFilterMetadata("dev.weft", weft).build();
    }

    private static Metadata istio() {
        Struct config = Struct.newBuilder()
                .putFields("config", text("/apis/networking.istio.io/v1/namespaces/default/virtual-service/reviews"))
                .build();
        return Metadata.newBuilder().putFilterMetadata("istio", config).build();
    }

    private static Struct.Builder place(String resource, String file, int line) {
        return Struct.newBuilder()
                .putFields("resource", text(resource))
                .putFields("file", text(file))
                .putFields("line", Value.newBuilder().setNumberValue(line).build());
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }

    private static Value struct(Struct.Builder fields) {
        return Value.newBuilder().setStructValue(fields).build();
    }

    private static VirtualHost host(Metadata metadata, RouteAction.Builder action) {
        return VirtualHost.newBuilder()
                .setName("reviews")
                .addDomains("reviews")
                .addRoutes(Route.newBuilder()
                        .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                        .setMetadata(metadata)
                        .setRoute(action))
                .build();
    }

    private static Written written(Metadata metadata, RouteAction.Builder action) {
        return written(host(metadata, action));
    }

    private static Written written(VirtualHost host) {
        byte[] table = RouteConfiguration.newBuilder()
                .setName("9080")
                .addVirtualHosts(host)
                .build()
                .toByteArray();
        var routes =
                RouteReader.read("9080", table).value().virtualHosts().get(0).routes();
        return ((dev.weft.config.RouteAction.Forward) routes.get(0).action()).written();
    }
}
