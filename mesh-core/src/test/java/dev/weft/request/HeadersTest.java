package dev.weft.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What was built stays as it was, whatever becomes of its builder. */
final class HeadersTest {

    @Test
    void aBuilderThatGoesOnLeavesWhatItBuiltAlone() {
        Headers.Builder builder = Headers.builder().add("a", "1").add("b", "2");
        Headers built = builder.build();
        builder.set("a", "changed");
        Headers second = builder.build();
        builder.remove("b");
        Headers third = builder.build();
        builder.add("c", "3");

        assertThat(built).isEqualTo(Headers.of("a", "1", "b", "2"));
        assertThat(second).isEqualTo(Headers.of("a", "changed", "b", "2"));
        assertThat(third).isEqualTo(Headers.of("a", "changed"));
        assertThat(builder.build()).isEqualTo(Headers.of("a", "changed", "c", "3"));
    }

    @Test
    void equalFieldsAreEqualHeadersWhateverTheirBuilderHadRoomFor() {
        Headers grown =
                Headers.of("a", "1").toBuilder().add("b", "2").remove("b").build();

        assertThat(grown).isEqualTo(Headers.of("a", "1")).hasSameHashCodeAs(Headers.of("a", "1"));
        assertThat(grown.size()).isEqualTo(1);
    }

    @Test
    void whatWasRemovedIsSeenByNobody() {
        Headers left = Headers.builder().add("b", "2").add("a", "1").remove("b").build();
        List<String> seen = new ArrayList<>();
        left.forEach((name, value) -> seen.add(name + "=" + value));

        assertThat(seen).containsExactly("a=1");
        assertThat(left.first("b")).isNull();
        assertThat(left.all("b")).isEmpty();
        assertThat(left.joined("b")).isNull();
        assertThat(left.anyNameStarts("b")).isFalse();
        assertThat(left.anyValue("b", value -> true)).isFalse();
        assertThat(left.anyValue("A", "1"::equals)).isTrue();
    }
}
