package dev.weft.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.PathNormalization;
import dev.weft.config.PathNormalization.EscapedSlashes;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for every path: judged once or twice, it is the same, and nothing in it leads elsewhere. */
class NormalPathLawTest {

    @Property(tries = 2_000)
    void normalisingTwiceChangesNothing(@ForAll("paths") String path, @ForAll("rules") PathNormalization rules) {
        String once = NormalPath.of(path, rules);
        if (once != null) {
            assertThat(NormalPath.of(once, rules)).isEqualTo(once);
        }
    }

    @Property(tries = 2_000)
    void noSegmentLeadsElsewhere(@ForAll("paths") String path, @ForAll("rules") PathNormalization rules) {
        String normal = NormalPath.of(path, rules);
        if (normal != null) {
            String before = normal.split("\\?", -1)[0];
            assertThat(before).startsWith("/").doesNotContain("\\");
            assertThat(Arrays.stream(before.split("/")).map(segment -> segment.split(";", 2)[0]))
                    .doesNotContain(".", "..");
            if (rules.mergeSlashes()) {
                assertThat(before).doesNotContain("//");
            }
        }
    }

    @Property(tries = 1_000)
    void theQueryIsLeftAlone(@ForAll("paths") String path, @ForAll("queries") String query) {
        String normal = NormalPath.of(path + "?" + query);
        if (normal != null) {
            assertThat(normal).endsWith("?" + query).isEqualTo(NormalPath.of(path) + "?" + query);
        }
    }

    @Property(tries = 1_000)
    void theCanonicalSpellingIsItsOwn(@ForAll("paths") String path) {
        String once = CanonicalPath.of(path);
        assertThat(CanonicalPath.of(once)).isEqualTo(once);
        assertThat(once.chars().filter(c -> c == '/').count())
                .isEqualTo(path.chars().filter(c -> c == '/').count());
    }

    /** Every percent sign begins an escape: others are refused where requests arrive, because none of these laws holds for them. */
    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of(List.of(
                        "/", "/", ".", "..", "a", "2", "6", "1", "%2e", "%2E", "%2f", "%5C", "\\", ";", "x", "%61",
                        "%3a", "%25", "%65", "%31", "|", "%00"))
                .list()
                .ofMaxSize(12)
                .map(parts -> "/" + String.join("", parts));
    }

    @Provide
    Arbitrary<String> queries() {
        return Arbitraries.of(List.of("a=/../b", "", "%2e%2e", "x?y", "//", "%00"))
                .list()
                .ofMaxSize(3)
                .map(parts -> String.join("&", parts));
    }

    /** Of those that normalise: without that the path stays as it came, dots and all. */
    @Provide
    Arbitrary<PathNormalization> rules() {
        return Arbitraries.of(
                PathNormalization.BASE,
                new PathNormalization(true, true, EscapedSlashes.KEEP),
                new PathNormalization(true, false, EscapedSlashes.UNESCAPE),
                new PathNormalization(true, true, EscapedSlashes.UNESCAPE),
                new PathNormalization(true, false, EscapedSlashes.REJECT));
    }
}
