package dev.weft.samples.bookinfo.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TraceTest {
    @Test
    void servicesWhoseSpansLeadBackToTheVisitorAreConnected() {
        Trace trace = new Trace(
                "visitor",
                List.of(
                        // children may be reported before their parents
                        span("r1", "c1", "reviews", true, 40),
                        span("c1", "p1", "productpage", false, 50),
                        span("p1", "visitor", "productpage", true, 60),
                        span("x1", "nobody", "ratings", true, 10)));

        assertThat(trace.connected()).containsExactlyInAnyOrder("productpage", "reviews");
        assertThat(trace.servedMillis("reviews")).contains(40L);
        assertThat(trace.servedMillis("details")).isEmpty();
    }

    @Test
    void aCallAloneDoesNotMakeAServiceTakePart() {
        Trace trace = new Trace("visitor", List.of(span("c1", "visitor", "reviews", false, 1)));

        assertThat(trace.connected()).isEmpty();
    }

    private static SeenSpan span(String id, String parent, String service, boolean server, long millis) {
        return new SeenSpan("t", id, parent, service, server, millis);
    }
}
