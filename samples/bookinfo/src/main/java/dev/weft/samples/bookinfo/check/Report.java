package dev.weft.samples.bookinfo.check;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.samples.bookinfo.check.Step.Finding;
import java.io.PrintStream;
import java.util.Locale;

/** Progress lines with the time, and the one JSON object at the end. May be used by several threads. */
final class Report {
    private final PrintStream out;
    private final long begun = System.nanoTime();
    private final JsonObject steps = new JsonObject();
    private final JsonArray missed = new JsonArray();

    Report(PrintStream out) {
        this.out = out;
    }

    synchronized void say(String words) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", seconds(), words);
    }

    synchronized void add(String name, Finding finding) {
        JsonObject counts = finding.counts();
        counts.addProperty("ok", finding.misses().isEmpty());
        steps.add(name, counts);
        say("%-14s %s %s".formatted(name, finding.misses().isEmpty() ? "ok    " : "MISSED", words(counts)));
        for (String miss : finding.misses()) {
            say("    " + miss);
            missed.add(name + ": " + miss);
        }
    }

    synchronized boolean good() {
        return missed.isEmpty();
    }

    synchronized void last() {
        JsonObject all = new JsonObject();
        all.addProperty("ok", missed.isEmpty());
        all.addProperty("seconds", Math.round(seconds() * 10) / 10.0);
        all.add("steps", steps);
        all.add("missed", missed);
        out.println(all);
        out.flush();
    }

    private double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }

    private static String words(JsonObject counts) {
        StringBuilder words = new StringBuilder();
        counts.entrySet().forEach(one -> {
            if (!one.getKey().equals("ok")) {
                words.append(one.getKey())
                        .append(' ')
                        .append(one.getValue().getAsString())
                        .append("  ");
            }
        });
        return words.toString().stripTrailing();
    }
}
