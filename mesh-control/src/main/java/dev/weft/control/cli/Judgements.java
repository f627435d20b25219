package dev.weft.control.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.weft.config.Printable;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints verdicts. */
final class Judgements {
    private Judgements() {}

    /** How they are printed. */
    enum Format {
        /** For people. */
        table,
        /** One array. */
        json,
        /** An object per line. */
        jsonl
    }

    static void print(List<Judgement> judgements, Format format, PrintWriter out) {
        Gson gson = new GsonBuilder().disableHtmlEscaping().create();
        switch (format) {
            case table -> table(judgements, out);
            case json ->
                out.println(gson.newBuilder().setPrettyPrinting().create().toJson(judgements));
            case jsonl -> judgements.forEach(judgement -> out.println(gson.toJson(judgement)));
        }
        out.flush();
    }

    /** {@code 12 documents: 10 honoured, 1 unsupported, 1 invalid}. */
    static String summary(List<Judgement> judgements) {
        String counts = Stream.of("honoured", "unsupported", "invalid")
                .map(verdict -> judgements.stream()
                                .filter(judgement -> judgement.verdict().equals(verdict))
                                .count()
                        + " " + verdict)
                .collect(Collectors.joining(", "));
        return judgements.size() + (judgements.size() == 1 ? " document: " : " documents: ") + counts;
    }

    private static void table(List<Judgement> judgements, PrintWriter out) {
        int file = width(judgements.stream().map(Judgement::file), "FILE");
        int kind = width(judgements.stream().map(Judgement::kind), "KIND");
        int name = width(judgements.stream().map(Judgement::name), "NAME");
        String row = "%-" + file + "s  %-" + kind + "s  %-" + name + "s  %s%n";
        out.printf(row, "FILE", "KIND", "NAME", "VERDICT");
        for (Judgement judgement : judgements) {
            out.printf(
                    row,
                    Printable.of(judgement.file()),
                    Printable.of(judgement.kind()),
                    Printable.of(judgement.name()),
                    judgement.verdict());
            for (Judgement.Said said : judgement.problems()) {
                String place = said.line() == 0 ? "" : "line " + said.line() + ": ";
                String field = said.field().isEmpty() ? "" : said.field() + ": ";
                out.println("  " + said.severity() + "  " + place + Printable.of(field + said.message()));
            }
        }
    }

    private static int width(Stream<String> texts, String title) {
        return Math.max(
                title.length(),
                texts.mapToInt(String::length).map(l -> Math.min(l, 60)).max().orElse(1));
    }
}
