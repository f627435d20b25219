package dev.weft.control.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.weft.config.ConfigProblem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds: no exception, no hang, and errors that name a place. */
final class HostileInputTest {
    private static final String GOOD = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews, labels: {app: reviews}}
            spec:
              hosts: [reviews]
              http:
              - match:
                - uri: {prefix: /a}
                  headers: {end-user: {exact: jason}}
                retries: {attempts: 3, perTryTimeout: 2s, retryOn: "5xx,reset"}
                fault: {delay: {percentage: {value: 10.5}, fixedDelay: 5s}}
                route:
                - destination: {host: reviews, subset: v2, port: {number: 9080}}
                  weight: 90
                - destination: {host: reviews, subset: v1}
                  weight: 10
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: reviews}
            spec:
              host: reviews
              trafficPolicy:
                loadBalancer: {simple: ROUND_ROBIN}
                outlierDetection: {consecutive5xxErrors: 3, interval: 10s}
              subsets:
              - {name: v1, labels: {version: v1}}
            ---
            apiVersion: security.istio.io/v1
            kind: AuthorizationPolicy
            metadata: {name: viewer}
            spec:
              rules:
              - from: [{source: {principals: ["cluster.local/ns/default/sa/a"], ipBlocks: [10.0.0.0/8]}}]
                to: [{operation: {paths: ["/a/{*}/b"], methods: [GET]}}]
                when: [{key: "request.headers[x]", values: [y]}]
            """;

    private static final List<String> HOSTILE = List.of(
            "*",
            "&a",
            "*a",
            "- ",
            "{",
            "}",
            "[",
            "]",
            "!!java.lang.String",
            "'",
            "\"",
            "%",
            "\u0000",
            "\uFFFF",
            "~",
            "null",
            "1e999999999",
            "-1",
            "99999999999999999999",
            "0x7fffffff",
            ".nan",
            "\t",
            "\n",
            ": ",
            "---\n",
            "...\n",
            "<<: ",
            "? ",
            "|",
            ">",
            "#",
            "\\",
            "a".repeat(300),
            "(".repeat(50),
            "((a*)*)*",
            "\uD800",
            "é");

    @Test
    void randomBytesAreJudgedAndNeverThrow() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            judge(new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void damagedResourcesAreJudgedAndNeverThrow() {
        Random random = new Random(11);
        for (int i = 0; i < 4_000; i++) {
            StringBuilder text = new StringBuilder(GOOD);
            for (int damage = random.nextInt(4); damage >= 0; damage--) {
                int at = random.nextInt(text.length());
                int end = Math.min(text.length(), at + random.nextInt(12));
                text.replace(at, end, HOSTILE.get(random.nextInt(HOSTILE.size())));
            }
            judge(text.toString());
        }
    }

    @Test
    void valuesInPlaceOfOthersAreJudgedAndNeverThrow() {
        Random random = new Random(13);
        List<String> lines = GOOD.lines().toList();
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (String line : lines) {
                int colon = line.indexOf(": ");
                boolean replace = colon > 0 && random.nextInt(20) == 0;
                String value = HOSTILE.get(random.nextInt(HOSTILE.size()));
                text.append(replace ? line.substring(0, colon + 2) + value : line)
                        .append('\n');
            }
            judge(text.toString());
        }
    }

    private static void judge(String text) {
        long start = System.nanoTime();
        CheckedFile[] checked = new CheckedFile[1];
        assertThatCode(() -> checked[0] = Validator.check("fuzz.yaml", text))
                .as(text)
                .doesNotThrowAnyException();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as(text).isLessThan(Duration.ofSeconds(20));
        for (ConfigProblem problem : checked[0].allProblems()) {
            assertThat(problem.origin()).as(problem.toString()).isNotNull();
            assertThat(problem.origin().file()).isEqualTo("fuzz.yaml");
            assertThat(problem.expectation()).isNotBlank();
        }
    }

    @Test
    @Timeout(20)
    void aliasesThatStandForBillionsAreRefused() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 24; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertRefused(laughs.toString());
    }

    @Test
    @Timeout(20)
    void anAliasWithinItselfIsRefused() {
        assertRefused("a: &a {b: *a}\n");
        assertRefused("a: &a [*a]\n");
    }

    @Test
    @Timeout(20)
    void deepNestingIsRefused() {
        assertRefused("[".repeat(100_000));
        assertRefused("a: " + "{a: ".repeat(200) + "}".repeat(200));
    }

    @Test
    @Timeout(60)
    void tooManyValuesAreRefused() {
        assertRefused("a:\n" + "- b\n".repeat(1_000_000));
        assertRefused("x".repeat(17 * 1024 * 1024));
    }

    @ParameterizedTest
    @Timeout(20)
    @ValueSource(strings = {"((a{1,1000}){1,1000}){1,1000}", "(((((a+)+)+)+)+)+$", "(a|aa){1000}{1000}"})
    void hungryRegularExpressionsCostNoTime(String regex) {
        judge(GOOD.replace("{prefix: /a}", "{regex: \"" + regex + "\"}"));
    }

    private static void assertRefused(String text) {
        CheckedFile checked = Validator.check("fuzz.yaml", text);
        assertThat(checked.valid()).isFalse();
        assertThat(checked.problems()).isNotEmpty();
    }
}
