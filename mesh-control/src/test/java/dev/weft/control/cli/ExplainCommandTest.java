package dev.weft.control.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ExplainCommandTest {
    private static final String RULES = """
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: reviews}
            spec:
              host: reviews
              subsets:
              - {name: v1, labels: {version: v1}}
              - {name: v2, labels: {version: v2}}
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews}
            spec:
              hosts: [reviews]
              http:
              - name: jason
                match: [{headers: {end-user: {exact: jason}}}]
                timeout: 3s
                route: [{destination: {host: reviews, subset: v2}}]
              - match: [{uri: {prefix: /old}}]
                redirect: {uri: /new}
              - route:
                - {destination: {host: reviews, subset: v1}, weight: 90}
                - {destination: {host: reviews, subset: v2}, weight: 10}
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void writeRules() throws IOException {
        Files.writeString(directory.resolve("reviews.yaml"), RULES);
    }

    private int run(String... args) {
        String[] all = new String[args.length + 2];
        all[0] = "--config";
        all[1] = directory.toString();
        System.arraycopy(args, 0, all, 2, args.length);
        return new CommandLine(new ExplainCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all);
    }

    private JsonObject json(String... args) {
        String[] all = new String[args.length + 2];
        all[0] = "-o";
        all[1] = "json";
        System.arraycopy(args, 0, all, 2, args.length);
        assertThat(run(all)).as(err.toString()).isZero();
        return JsonParser.parseString(out.toString()).getAsJsonObject();
    }

    @Test
    void aMatchingRouteIsNamedWithFileAndLine() {
        JsonObject told = json("-H", "end-user: jason", "http://reviews:9080/1");
        assertThat(told.get("decision").getAsString()).isEqualTo("forward");
        assertThat(told.get("cluster").getAsString()).isEqualTo("outbound|9080|v2|reviews.default.svc.cluster.local");
        JsonObject route = told.getAsJsonObject("route");
        assertThat(route.get("name").getAsString()).isEqualTo("jason");
        assertThat(route.get("file").getAsString()).isEqualTo("reviews.yaml");
        assertThat(route.get("line").getAsInt()).isEqualTo(17);
        assertThat(told.getAsJsonObject("timeouts").get("requestMillis").getAsLong())
                .isEqualTo(3000);
        JsonObject written = told.getAsJsonObject("written");
        assertThat(written.get("timeout").getAsString())
                .isEqualTo("VirtualService default/reviews http[0] (reviews.yaml:17)");
        assertThat(written.get("retries").isJsonNull()).isTrue();
        assertThat(told.getAsJsonArray("steps").toString())
                .contains("timeout 3 s: VirtualService default/reviews http[0] (reviews.yaml:17)", ": by default");
    }

    @Test
    void weightsAreListedAndNoSingleClusterIsClaimed() {
        JsonObject told = json("http://reviews:9080/1");
        assertThat(told.get("cluster").isJsonNull()).isTrue();
        assertThat(told.getAsJsonArray("clusters")).hasSize(2);
        assertThat(told.getAsJsonArray("clusters")
                        .get(0)
                        .getAsJsonObject()
                        .get("percent")
                        .getAsDouble())
                .isEqualTo(90);
    }

    @Test
    void anAnswerOfTheMeshHasItsStatusAndRoute() {
        JsonObject told = json("--port", "9080", "http://reviews/old");
        assertThat(told.get("action").getAsString()).isEqualTo("redirect");
        assertThat(told.get("status").getAsInt()).isEqualTo(301);
        assertThat(told.getAsJsonObject("responseHeaders").get("location").getAsString())
                .isEqualTo("http://reviews/new");
        assertThat(told.getAsJsonObject("route").get("index").getAsInt()).isEqualTo(1);
    }

    @Test
    void aHostThatNobodyKnowsIsNotTheMeshsBusiness() {
        JsonObject told = json("http://payments.example.com/");
        assertThat(told.get("decision").getAsString()).isEqualTo("passThrough");
        assertThat(told.getAsJsonArray("notes")).isEmpty();
    }

    @Test
    void theTextSaysWhyInSteps() {
        assertThat(run("-H", "end-user: Jason", "http://reviews:9080/1")).isZero();
        assertThat(out.toString())
                .contains("route [0] jason no: header end-user exact \"jason\", was \"Jason\"")
                .contains("presumed to be registered");
    }

    private static final String LOCKS = """
            apiVersion: security.istio.io/v1
            kind: PeerAuthentication
            metadata: {name: default, namespace: default}
            spec: {mtls: {mode: STRICT}}
            ---
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: {name: readers, namespace: default}
            spec:
              selector: {matchLabels: {app: reviews}}
              rules:
              - from: [{source: {principals: ["cluster.local/ns/default/sa/productpage"]}}]
                to: [{operation: {methods: [GET]}}]
            """;

    @Test
    void whatTheServerSaysIsToldWithThePolicyThatSaysIt() throws IOException {
        Files.writeString(directory.resolve("locks.yaml"), LOCKS);
        JsonObject allowed = json("--service-account", "productpage", "http://reviews:9080/1")
                .getAsJsonArray("servers")
                .get(0)
                .getAsJsonObject();
        assertThat(allowed.get("allowed").getAsBoolean()).isTrue();
        assertThat(allowed.get("connection").getAsString()).isEqualTo("STRICT, called by mutual TLS");
        out.getBuffer().setLength(0);
        assertThat(run("--service-account", "ratings", "http://reviews:9080/1")).isZero();
        assertThat(out.toString())
                .contains("reviews.default.svc.cluster.local (STRICT, called by mutual TLS) answers 403")
                .contains("labelled app: reviews");
    }

    @Test
    void aCallThatAStrictServerDoesNotTakeIsTold() throws IOException {
        Files.writeString(directory.resolve("locks.yaml"), LOCKS);
        Files.writeString(directory.resolve("plain.yaml"), """
                apiVersion: networking.istio.io/v1
                kind: DestinationRule
                metadata: {name: ratings}
                spec: {host: ratings, trafficPolicy: {tls: {mode: DISABLE}}}
                """);
        assertThat(run("http://ratings:9080/1")).isZero();
        assertThat(out.toString()).contains("(STRICT, called in plaintext) does not take the connection");
    }

    @Test
    void aBrokenFileIsRefusedWithItsLine() throws IOException {
        Files.writeString(directory.resolve("broken.yaml"), RULES.replace("timeout: 3s", "timeout: soon"));
        assertThat(run("http://reviews:9080/1")).isEqualTo(1);
        assertThat(err.toString()).contains("broken.yaml:18");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://reviews:99999/",
                "http://reviews:0/",
                "http://reviews:abc/",
                "http://reviews:/",
                "http://user@reviews:9080/",
                "http://rev iews:9080/",
                "http://[::1/",
                "http://reviews:9080/a b"
            })
    void aUrlThatNobodyCanCallIsWrongUsageAndNamed(String url) {
        assertThat(run(url)).isEqualTo(2);
        assertThat(err.toString()).startsWith("meshctl explain: URL " + url + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://[::1]:9080/", "http://REVIEWS.:9080/%zz", "reviews:9080", "http://127.0.0.1/"})
    void oddUrlsThatCanBeCalledAreDecided(String url) {
        assertThat(run("-o", "json", url)).isZero();
        assertThat(JsonParser.parseString(out.toString()).isJsonObject()).isTrue();
    }

    @Test
    void aHeaderOrMethodThatCannotBeWrittenIsWrongUsage() {
        assertThat(run("-H", "a b: c", "http://reviews:9080/")).isEqualTo(2);
        assertThat(run("-H", "a: b\r\nc: d", "http://reviews:9080/")).isEqualTo(2);
        assertThat(run("-H", "Host: a b", "http://reviews:9080/")).isEqualTo(2);
        assertThat(run("-X", "GE T", "http://reviews:9080/")).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(4)
                .allMatch(line -> line.contains("expected") || line.contains("no header"));
    }

    @Test
    void whatAFileHoldsDoesNotSteerTheTerminal() throws IOException {
        Files.writeString(directory.resolve("evil.yaml"), RULES.replace("host: reviews", "host: \"a\\e]0;b\\a\""));
        assertThat(run("http://reviews:9080/")).isEqualTo(1);
        assertThat(err.toString()).contains("\\u001b]0;b").doesNotContain("\u001b");
    }

    @Test
    void aFileThatIsNoTextIsRefusedByName() throws IOException {
        Files.write(directory.resolve("noise.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(run("http://reviews:9080/")).isEqualTo(1);
        assertThat(err.toString()).contains("noise.yaml: ").contains("UTF-8");
    }
}
