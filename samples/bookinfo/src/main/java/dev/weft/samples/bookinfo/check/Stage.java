package dev.weft.samples.bookinfo.check;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.weft.samples.bookinfo.launch.Bookinfo;
import dev.weft.samples.bookinfo.launch.LiveDirectory;
import dev.weft.samples.bookinfo.launch.Traceparent;
import dev.weft.samples.bookinfo.launch.Visit;
import dev.weft.samples.bookinfo.launch.Visitor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What steps work with.
 *
 * @param bookinfo the running processes
 * @param live the control plane's directory
 * @param visitor looks at the page
 * @param collector has the spans
 */
record Stage(Bookinfo bookinfo, LiveDirectory live, Visitor visitor, SpanCollector collector) {
    static final Optional<String> ANYBODY = Optional.empty();
    static final Optional<String> JASON = Optional.of("jason");

    /** One after the other. */
    List<Visit> visits(int count, Optional<String> user) {
        List<Visit> visits = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            visits.add(visitor.visit(user));
        }
        return visits;
    }

    Visit traced(Optional<String> user, Traceparent trace) {
        return visitor.visit(user, trace);
    }

    /** What the page's service says of its mesh; empty if it does not answer. */
    Optional<JsonObject> mesh() {
        Visitor.Text health = visitor.get(bookinfo.health());
        return health.status() != 200
                ? Optional.empty()
                : Optional.of(
                        JsonParser.parseString(health.body()).getAsJsonObject().getAsJsonObject("mesh"));
    }
}
