package dev.weft.samples.bookinfo.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.samples.bookinfo.check.Step.Finding;
import dev.weft.samples.bookinfo.launch.Visit;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Report report = new Report(new PrintStream(written, true, StandardCharsets.UTF_8));

    @Test
    void theLastLineIsOneObjectWithTheCountsOfEachStep() {
        report.add("split", new Finding().count("v1", 990).count("v3", 1010).expect(true, "never said"));
        report.last();

        JsonObject last = last();
        assertThat(last.get("ok").getAsBoolean()).isTrue();
        assertThat(last.getAsJsonObject("steps").getAsJsonObject("split"))
                .hasToString("{\"v1\":990,\"v3\":1010,\"ok\":true}");
    }

    @Test
    void aMissIsNamedAndSpoilsTheWhole() {
        report.add("split", new Finding().count("v1", 1).expect(false, "v3 has 0 %"));
        report.add("trace", new Finding());
        report.last();

        assertThat(report.good()).isFalse();
        assertThat(last().get("ok").getAsBoolean()).isFalse();
        assertThat(last().getAsJsonArray("missed")).hasToString("[\"split: v3 has 0 %\"]");
        assertThat(written.toString(StandardCharsets.UTF_8)).contains("MISSED v1 1");
    }

    @Test
    void aPageThatIsNotWholeIsAFailedRequest() {
        Visit whole = new Visit(200, "d", "r", "", Map.of(), "none", 0, "", 0, 1);
        Visit broken = new Visit(200, "d", "r", "", Map.of(), "unavailable", 0, "ratings: 503 UH", 0, 1);

        Finding good = Counts.noneFailed(new Finding(), List.of(whole, whole));
        Finding bad = Counts.noneFailed(new Finding(), List.of(whole, broken));

        assertThat(good.misses()).isEmpty();
        assertThat(good.counts()).hasToString("{\"requests\":2,\"failed\":0}");
        assertThat(bad.misses()).singleElement().asString().contains("1 of 2", "ratings: 503 UH");
    }

    @Test
    void percentHasOneDecimal() {
        assertThat(Counts.percent(1, 3)).isEqualTo(33.3);
        assertThat(Counts.percent(0, 0)).isZero();
    }

    private JsonObject last() {
        List<String> lines = written.toString(StandardCharsets.UTF_8).lines().toList();
        return JsonParser.parseString(lines.get(lines.size() - 1)).getAsJsonObject();
    }
}
