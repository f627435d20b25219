package dev.weft.control.grpc;

import static dev.weft.control.grpc.Story.AUTHZ_MTLS_ALLOW;
import static dev.weft.control.grpc.Story.AUTHZ_MTLS_DENY;
import static dev.weft.control.grpc.Story.AUTHZ_PLAINTEXT_ALLOW;
import static dev.weft.control.grpc.Story.AUTHZ_PLAINTEXT_DENY;
import static dev.weft.control.grpc.Words.rule;

import dev.weft.config.Encryption;
import org.jspecify.annotations.Nullable;

/** Who may call what, decided by a guarded server; the rules are those of gRPC's own test, each for one value of a header. */
interface AuthorizationScenarios extends Fixture {
    String DENIED = "!PERMISSION_DENIED";
    String STRICT = """
            apiVersion: security.istio.io/v1
            kind: PeerAuthentication
            metadata: {name: greeter}
            spec: {selector: {matchLabels: {app: greeter}}, mtls: {mode: STRICT}}
            """;

    @Scenario(AUTHZ_PLAINTEXT_ALLOW)
    default void onlyWhatARuleNamesIsAllowed() throws Exception {
        String server = site().guarded(Encryption.PLAINTEXT);
        site().configure(policy("ALLOW"));
        Caller caller = site().caller("greeter");

        says(caller, "no-such-rule", DENIED);
        says(caller, null, DENIED);
        says(caller, "host-wildcard", server);
        says(caller, "header-prefix-a", server);
        says(caller, "aheader-prefix-a", DENIED);
        says(caller, "host-match1", server);
        says(caller, "host-match2", server);
        says(caller, "never-match-host", DENIED);
        says(caller, "never-match-port", DENIED);
        says(caller, "principal-present", DENIED);
    }

    @Scenario(AUTHZ_MTLS_ALLOW)
    default void whoCallsIsAllowedByName() throws Exception {
        site().identifyCaller();
        String server = site().guarded(Encryption.MUTUAL_TLS);
        site().configure(policy("ALLOW"), STRICT, rule("greeter", SecurityScenarios.MUTUAL));
        Caller caller = site().caller("greeter");

        says(caller, "no-such-rule", DENIED);
        says(caller, "host-wildcard", server);
        says(caller, "principal-present", server);
        says(caller, "match-principal", server);
        says(caller, "never-match-principal", DENIED);
    }

    @Scenario(AUTHZ_PLAINTEXT_DENY)
    default void whatARuleNamesIsDenied() throws Exception {
        String server = site().guarded(Encryption.PLAINTEXT);
        site().configure(policy("DENY"));
        Caller caller = site().caller("greeter");

        says(caller, "host-wildcard", DENIED);
        says(caller, "no-such-rule", server);
        says(caller, null, server);
        says(caller, "header-prefix-a", DENIED);
        says(caller, "host-match1", DENIED);
        says(caller, "never-match-host", server);
        says(caller, "never-match-port", server);
        says(caller, "principal-present", server);
    }

    @Scenario(AUTHZ_MTLS_DENY)
    default void whoCallsIsDeniedByName() throws Exception {
        site().identifyCaller();
        String server = site().guarded(Encryption.MUTUAL_TLS);
        site().configure(policy("DENY"), STRICT, rule("greeter", SecurityScenarios.MUTUAL));
        Caller caller = site().caller("greeter");

        says(caller, "match-principal", DENIED);
        says(caller, "principal-present", DENIED);
        says(caller, "no-such-rule", server);
        says(caller, "never-match-principal", server);
    }

    private static void says(Caller caller, @Nullable String test, String expected) {
        Caller asking = test == null ? caller : caller.with("test", test);
        Eventually.is("test: " + test, () -> asking.call().where(), expected);
    }

    private String policy(String action) {
        return """
                apiVersion: security.istio.io/v1
                kind: AuthorizationPolicy
                metadata: {name: greeter}
                spec:
                  selector: {matchLabels: {app: greeter}}
                  action: %s
                  rules:
                  - {to: [{operation: {hosts: ["*:8080"]}}], when: [{key: "request.headers[test]", values: [host-wildcard]}]}
                  - {to: [{operation: {hosts: ["*:8080"]}}], when: [{key: "request.headers[test]", values: [header-prefix-*]}]}
                  - {to: [{operation: {hosts: ["greeter:8080"]}}], when: [{key: "request.headers[test]", values: [host-match1]}]}
                  - to: [{operation: {hosts: ["a-not-it.com:8080", "greeter:8080", "z-not-it.com:1"], ports: ["1", "%d", "65535"]}}]
                    when: [{key: "request.headers[test]", values: [host-match2]}]
                  - {to: [{operation: {hosts: ["not-the-host:8080"]}}], when: [{key: "request.headers[test]", values: [never-match-host]}]}
                  - {to: [{operation: {ports: ["1"]}}], when: [{key: "request.headers[test]", values: [never-match-port]}]}
                  - {from: [{source: {principals: ["*"]}}], when: [{key: "request.headers[test]", values: [principal-present]}]}
                  - from: [{source: {principals: [cluster.local/ns/not/sa/it, cluster.local/ns/default/sa/caller]}}]
                    when: [{key: "request.headers[test]", values: [match-principal]}]
                  - from: [{source: {principals: [cluster.local/ns/not/sa/it]}}]
                    when: [{key: "request.headers[test]", values: [never-match-principal]}]
                """.formatted(action, site().guard().policyPort());
    }
}
