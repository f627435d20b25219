package dev.weft.samples.bookinfo.check;

import com.google.gson.JsonObject;
import dev.weft.samples.bookinfo.launch.Trouble;
import java.io.IOException;

/** One thing that is tried and measured. */
interface Step {
    String name();

    /** What was counted, and what of it was wrong. */
    Finding run(Stage stage) throws Trouble, IOException, InterruptedException;

    static Step of(String name, Body body) {
        return new Step() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Finding run(Stage stage) throws Trouble, IOException, InterruptedException {
                return body.run(stage);
            }
        };
    }

    /** See {@link Step#run}. */
    interface Body {
        Finding run(Stage stage) throws Trouble, IOException, InterruptedException;
    }

    /** Builds up a {@link Finding}. Not for use by several threads at once. */
    final class Finding {
        private final JsonObject counts = new JsonObject();
        private final java.util.List<String> misses = new java.util.ArrayList<>();

        Finding count(String name, long value) {
            counts.addProperty(name, value);
            return this;
        }

        Finding note(String name, String value) {
            counts.addProperty(name, value);
            return this;
        }

        /** @param otherwise what is wrong if {@code holds} is false: what was seen and what was expected */
        Finding expect(boolean holds, String otherwise) {
            if (!holds) {
                misses.add(otherwise);
            }
            return this;
        }

        JsonObject counts() {
            return counts;
        }

        java.util.List<String> misses() {
            return misses;
        }
    }
}
