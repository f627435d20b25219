package dev.weft.control.grpc;

import static dev.weft.control.grpc.Story.MTLS;
import static dev.weft.control.grpc.Story.MTLS_ERROR;
import static dev.weft.control.grpc.Story.PLAINTEXT_FALLBACK;
import static dev.weft.control.grpc.Story.SERVER_AUTHZ_ERROR;
import static dev.weft.control.grpc.Story.TLS;
import static dev.weft.control.grpc.Words.rule;
import static dev.weft.control.grpc.Words.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.TlsServerCredentials.ClientAuth;
import java.time.Duration;
import java.util.List;

/** Who talks to whom, and how they know. */
interface SecurityScenarios extends Fixture {
    String MUTUAL = "{tls: {mode: ISTIO_MUTUAL}}";

    @Scenario(MTLS)
    default void bothSidesProveThemselves() throws Exception {
        InteropServer server = site().encrypted("greeter", ClientAuth.REQUIRE);
        site().identifyCaller();
        site().configure(service("greeter", List.of(server)), rule("greeter", MUTUAL));
        Caller caller = site().caller("greeter");
        caller.until(List.of(server));

        assertThat(caller.call().text()).isEqualTo(server.name + " spiffe://cluster.local/ns/default/sa/caller");
    }

    @Scenario(TLS)
    default void onlyTheServerProvesItself() throws Exception {
        InteropServer server = site().encrypted("greeter", ClientAuth.NONE);
        site().configure(
                        service("greeter", List.of(server)),
                        rule(
                                "greeter",
                                "{tls: {mode: SIMPLE, caCertificates: " + site().roots()
                                        + ", subjectAltNames: ['spiffe://cluster.local/ns/default/sa/greeter']}}"));
        Caller caller = site().caller("greeter");
        caller.until(List.of(server));

        assertThat(caller.call().text()).isEqualTo(server.name + " tls");
    }

    @Scenario(PLAINTEXT_FALLBACK)
    default void withoutAPolicyThereIsPlaintext() throws Exception {
        InteropServer server = site().servers(1).get(0);
        site().identifyCaller();
        site().configure(service("greeter", List.of(server)));
        Caller caller = site().caller("greeter");
        caller.until(List.of(server));

        assertThat(caller.call().text()).isEqualTo(server.name + " plaintext");
    }

    @Scenario(MTLS_ERROR)
    default void whoHasNoCertificateDoesNotGetThrough() throws Exception {
        InteropServer server = site().encrypted("greeter", ClientAuth.REQUIRE);
        site().configure(service("greeter", List.of(server)), rule("greeter", MUTUAL));
        Caller caller = site().caller("greeter").within(Duration.ofSeconds(5));

        assertThat(caller.atOnce(20)).containsOnlyKeys("!UNAVAILABLE");
        assertThat(server.connections).hasValue(0);
    }

    @Scenario(SERVER_AUTHZ_ERROR)
    default void serverOfAnotherNameIsNotCalled() throws Exception {
        InteropServer server = site().encrypted("greeter", ClientAuth.REQUIRE);
        site().identifyCaller();
        site().configure(
                        service("greeter", List.of(server)),
                        rule(
                                "greeter",
                                "{tls: {mode: ISTIO_MUTUAL, subjectAltNames: ['spiffe://cluster.local/ns/other/sa/greeter']}}"));
        Caller caller = site().caller("greeter");

        assertThat(caller.atOnce(20)).containsOnlyKeys("!UNAVAILABLE");
        assertThat(server.open()).isZero();

        site().configure(service("greeter", List.of(server)), rule("greeter", MUTUAL));
        caller.until(List.of(server));
    }
}
