package dev.weft.control.store;

import static dev.weft.control.store.ConfigFolder.errors;
import static dev.weft.control.store.ConfigFolder.service;
import static dev.weft.control.store.ConfigFolder.timeouts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.control.istio.IstioConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy about security that is not in force must not leave a door open. */
final class RefusedLocksTest {
    private static final String BROKEN = """
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: {name: viewer}
            spec: {selector: {matchLabels: {app: reviews}}, rulez: []}
            """;
    private static final String SOUND = BROKEN.replace("rulez", "rules");

    private ConfigFolder folder;

    @BeforeEach
    void folder(@TempDir Path parent) throws IOException {
        folder = new ConfigFolder(parent);
    }

    @AfterEach
    void close() {
        folder.close();
    }

    private IstioConfig config() {
        return folder.store.snapshot().config();
    }

    @Test
    void aPolicyThatNeverWasGoodClosesWhatItWasWrittenFor() throws Exception {
        folder.write("policy.yaml", BROKEN).open();
        assertThat(config().authorizationPolicies()).isEmpty();
        assertThat(config().refusedPolicies()).singleElement().satisfies(lock -> {
            assertThat(lock.meta().name()).isEqualTo("viewer");
            assertThat(lock.spec().selector()).isEqualTo(Map.of("app", "reviews"));
        });
    }

    @Test
    void aPolicyThatWasGoodBeforeStaysInForceAsItWas() throws Exception {
        folder.write("policy.yaml", SOUND).open();
        folder.write("policy.yaml", BROKEN);
        folder.await(snapshot -> !errors(snapshot).isEmpty());
        assertThat(config().authorizationPolicies()).hasSize(1);
        assertThat(config().refusedPolicies()).isEmpty();
    }

    @Test
    void aPolicyIsOpenedByMendingIt() throws Exception {
        folder.write("policy.yaml", BROKEN).open();
        String closed = folder.store.snapshot().revision();
        folder.write("policy.yaml", SOUND);
        folder.await(snapshot -> snapshot.config().authorizationPolicies().size() == 1);
        assertThat(config().refusedPolicies()).isEmpty();
        assertThat(folder.store.snapshot().revision()).isNotEqualTo(closed);
    }

    @Test
    void aSoundPolicyInARefusedFileClosesToo() throws Exception {
        folder.write("both.yaml", SOUND + "---\n" + service("reviews", "1s").replace("timeout", "timeOut"))
                .open();
        assertThat(config().authorizationPolicies()).isEmpty();
        assertThat(config().refusedPolicies())
                .extracting(lock -> lock.meta().name())
                .containsExactly("viewer");
    }

    @Test
    void aSelectorThatCannotBeReadMeansTheWholeNamespace() throws Exception {
        folder.write("policy.yaml", BROKEN.replace("{matchLabels: {app: reviews}}", "[reviews]"))
                .open();
        assertThat(config().refusedPolicies())
                .singleElement()
                .satisfies(lock -> assertThat(lock.spec().selector()).isEmpty());
    }

    @Test
    void aPolicyForGatewaysIsNotInForceAndClosesNothing() throws Exception {
        folder.write("reviews.yaml", service("reviews", "1s") + """
                ---
                apiVersion: security.istio.io/v1
                kind: AuthorizationPolicy
                metadata: {name: edge}
                spec:
                  targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: edge}]
                """).open();
        assertThat(timeouts(folder.store.snapshot())).containsExactly("reviews 1s");
        assertThat(config().authorizationPolicies()).isEmpty();
        assertThat(config().refusedPolicies()).isEmpty();
        assertThat(errors(folder.store.snapshot())).singleElement().asString().contains("reviews.yaml:11", "edge");
    }

    @Test
    void aRouteThatIsRefusedClosesNothing() throws Exception {
        folder.write("reviews.yaml", service("reviews", "1s").replace("timeout", "timeOut"))
                .open();
        assertThat(config().refusedPolicies()).isEmpty();
    }
}
