package dev.weft.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SpiffeIdTest {

    @Test
    void istioFormGivesNamespaceAndServiceAccount() {
        SpiffeId id = SpiffeId.parse("spiffe://cluster.local/ns/default/sa/reviews");

        assertThat(id).isEqualTo(SpiffeId.of("cluster.local", "default", "reviews"));
        assertThat(id.namespace()).isEqualTo("default");
        assertThat(id.serviceAccount()).isEqualTo("reviews");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spiffe://a/b",
                "spiffe://my_domain-1.example/Path/With.UPPER_and-all",
                "spiffe://cluster.local/ns/default/sa/a/b",
                "spiffe://cluster.local/...",
            })
    void whatTheStandardAllowsIsReadAndWrittenUnchanged(String text) {
        assertThat(SpiffeId.parse(text)).hasToString(text);
    }

    @Test
    void anotherFormHasNoNamespace() {
        SpiffeId id = SpiffeId.parse("spiffe://cluster.local/workload/7");

        assertThat(id.namespace()).isNull();
        assertThat(id.serviceAccount()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|begin with spiffe://",
                "http://cluster.local/a|begin with spiffe://",
                "SPIFFE://cluster.local/a|lower case",
                "spiffe:///a|trust domain has 0",
                "spiffe://cluster.local|has a path",
                "spiffe://cluster.local/|empty segment",
                "spiffe://cluster.local/a/|empty segment",
                "spiffe://cluster.local//a|empty segment",
                "spiffe://cluster.local/a//b|empty segment",
                "spiffe://cluster.local/a/./b|segment .",
                "spiffe://cluster.local/a/..|segment ..",
                "spiffe://Cluster.local/a|'C'",
                "spiffe://cluster.local:8443/a|':'",
                "spiffe://user@cluster.local/a|'@'",
                "spiffe://clüster.local/a|\\u00fc",
                "spiffe://cluster.local/a?b=c|'?'",
                "spiffe://cluster.local/a#b|'#'",
                "spiffe://cluster.local/%61|'%'",
                "spiffe://%63luster.local/a|'%'",
                "spiffe://cluster.local/a b|\\u0020",
                "spiffe://cluster.local/ä|\\u00e4",
                "spiffe://cluster.local?a|'?'",
            })
    void everythingElseIsRefusedAndTheMessageSaysWhy(String text, String reason) {
        assertThatThrownBy(() -> SpiffeId.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void controlCharactersAreRefusedAndDoNotReachTheLog() {
        assertThatThrownBy(() -> SpiffeId.parse("spiffe://cluster.local/a\0\n/b"))
                .hasMessageContaining("\\u0000")
                .message()
                .doesNotContain("\n", "\0");
    }

    @Test
    void lengthsAreBounded() {
        String domain = "d".repeat(255);
        assertThat(SpiffeId.parse("spiffe://" + domain + "/a").trustDomain()).isEqualTo(domain);
        assertThatThrownBy(() -> SpiffeId.parse("spiffe://d" + domain + "/a")).hasMessageContaining("256");

        String longest = "spiffe://d/" + "p".repeat(2048 - 11);
        assertThat(SpiffeId.parse(longest)).hasToString(longest);
        assertThatThrownBy(() -> SpiffeId.parse(longest + "p")).hasMessageContaining("2049");
        assertThatThrownBy(() -> new SpiffeId("d", "/" + "p".repeat(2048))).hasMessageContaining("longer than 2048");
    }

    @Test
    void aServiceAccountCannotAddSegments() {
        assertThatThrownBy(() -> SpiffeId.of("cluster.local", "default/sa/admin", "x"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
