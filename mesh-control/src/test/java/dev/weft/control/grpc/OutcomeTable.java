package dev.weft.control.grpc;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The table of the document: a row for each scenario, a column for each client and one for servers, and the reasons below it. */
final class OutcomeTable {
    /** In the order of the columns. */
    static final List<String> CLIENTS =
            List.of("Weft's channel", "grpc-xds", "grpc-xds on the bridge", BridgedServerInteropTest.NAME);

    private static final String BEGIN = "<!-- outcomes: written by a run -->\n";
    private static final String END = "<!-- end of outcomes -->";
    private static final String OPEN = "";

    /** By client; a reason, empty = passed; absent = not run yet. */
    private final Map<String, Map<Story, String>> outcomes;

    private OutcomeTable(Map<String, Map<Story, String>> outcomes) {
        this.outcomes = outcomes;
    }

    static OutcomeTable read(String document) {
        Map<String, Map<Story, String>> outcomes = new TreeMap<>();
        CLIENTS.forEach(client -> outcomes.put(client, new EnumMap<>(Story.class)));
        String section = "";
        for (String line : part(document).split("\n")) {
            if (line.startsWith("What ")) {
                section = CLIENTS.stream()
                        .filter(client -> line.contains(" " + client + " does"))
                        .findFirst()
                        .orElse("");
            } else if (line.startsWith("- `")) {
                String[] parts = line.substring("- `".length()).split("`: ", 2);
                outcomes.get(section).put(Story.valueOf(parts[0].toUpperCase(Locale.ROOT)), parts[1]);
            } else if (line.startsWith("| `")) {
                String[] cells = line.split("\\|");
                Story story = Story.valueOf(cells[1].strip().replace("`", "").toUpperCase(Locale.ROOT));
                for (int i = 0; i < CLIENTS.size(); i++) {
                    if (3 + i < cells.length && cells[3 + i].strip().equals("yes")) {
                        outcomes.get(CLIENTS.get(i)).put(story, OPEN);
                    }
                }
            }
        }
        return new OutcomeTable(outcomes);
    }

    /** The same, with what a run of one client has shown. */
    OutcomeTable with(String client, Map<Story, String> ran) {
        outcomes.get(client).putAll(ran);
        return this;
    }

    /** The document with this table in it. */
    String into(String document) {
        return document.replace(BEGIN + part(document) + END, BEGIN + text() + END);
    }

    private static String part(String document) {
        int begin = document.indexOf(BEGIN);
        int end = document.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new AssertionError("docs/grpc-interop.md has no place for the table: expected " + BEGIN + END);
        }
        return document.substring(begin + BEGIN.length(), end);
    }

    private String text() {
        List<String> lines = new ArrayList<>();
        lines.add("| scenario | shows | " + String.join(" | ", CLIENTS) + " |");
        lines.add("|---|---|" + "---|".repeat(CLIENTS.size()));
        for (Story story : Story.values()) {
            StringBuilder line = new StringBuilder("| `" + story.title() + "` | " + story.shows() + " |");
            CLIENTS.forEach(
                    client -> line.append(' ').append(cell(client, story)).append(" |"));
            lines.add(line.toString());
        }
        for (String client : CLIENTS) {
            List<String> reasons = new ArrayList<>();
            outcomes.get(client).forEach((story, reason) -> {
                if (!reason.isEmpty()) {
                    reasons.add("- `" + story.title() + "`: " + reason);
                }
            });
            if (!reasons.isEmpty()) {
                lines.add("");
                lines.add("What " + client + " does not pass, and why:");
                lines.add("");
                lines.addAll(reasons);
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private String cell(String client, Story story) {
        String outcome = outcomes.get(client).get(story);
        if (outcome == null && client.equals(BridgedServerInteropTest.NAME)) {
            return "";
        }
        return outcome == null ? "not run" : outcome.isEmpty() ? "yes" : "no";
    }
}
