package dev.weft.control.cli;

import dev.weft.config.Printable;
import dev.weft.control.cli.ProxyStatus.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The status of clients for people. */
final class ProxyStatusTable {
    private static final List<String> HEAD =
            List.of("NODE", "SERVICE", "CLIENT", "STREAM", "CDS", "EDS", "LDS", "RDS", "IDENTITY", "STATE");
    private static final List<String> TYPES = List.of("CDS", "EDS", "LDS", "RDS");

    private ProxyStatusTable() {}

    static String render(List<ProxyStatus> clients) {
        if (clients.isEmpty()) {
            return "no client is connected" + System.lineSeparator();
        }
        Instant now = Instant.now();
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        clients.forEach(client -> rows.add(row(client, now)));
        StringBuilder out = new StringBuilder(Table.render(rows));
        refusals(clients, out);
        return out.toString();
    }

    private static List<String> row(ProxyStatus client, Instant now) {
        List<String> row = new ArrayList<>();
        row.add(client.name());
        row.add(dash((client.service() + " " + client.version()).strip()));
        row.add(dash(client.client()));
        row.add(age(client.connectedAt(), now));
        for (String name : TYPES) {
            ProxyStatus.Type type = client.types().get(name);
            row.add(type == null ? "-" : type.status());
        }
        row.add(client.identity().isEmpty() ? "-" : left(client.identityExpires(), now));
        row.add(state(client));
        return row;
    }

    private static String state(ProxyStatus client) {
        if (!client.refusals().isEmpty()) {
            return "refused " + client.refusals().size();
        }
        if (client.registered().startsWith("UNHEALTHY")) {
            return "unhealthy" + client.registered().substring("UNHEALTHY".length());
        }
        boolean waiting =
                client.types().values().stream().anyMatch(type -> type.status().equals("SENT"));
        return waiting ? "waiting" : "ready";
    }

    private static void refusals(List<ProxyStatus> clients, StringBuilder out) {
        long count =
                clients.stream().mapToLong(client -> client.refusals().size()).sum();
        if (count == 0) {
            return;
        }
        String indent = count == 1 ? "1 refusal: " : count + " refusals: ";
        for (ProxyStatus client : clients) {
            for (Refusal refusal : client.refusals()) {
                out.append(indent)
                        .append(Printable.of(client.name()))
                        .append("  ")
                        .append(refusal.type())
                        .append(' ')
                        .append(Printable.of(refusal.resource()))
                        .append("  ")
                        .append(Printable.of(refusal.message().replaceAll("\\s+", " ")))
                        .append(System.lineSeparator());
                indent = " ".repeat(indent.length());
            }
        }
    }

    /** In the two largest units: {@code 4m12s}, {@code 3d4h}. */
    static String age(@Nullable Instant since, Instant now) {
        if (since == null) {
            return "-";
        }
        long seconds = Math.max(0, Duration.between(since, now).toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + "m" + seconds % 60 + "s";
        }
        if (seconds < 86_400) {
            return seconds / 3_600 + "h" + seconds % 3_600 / 60 + "m";
        }
        return seconds / 86_400 + "d" + seconds % 86_400 / 3_600 + "h";
    }

    /** What is left of the certificate by which the stream was opened. */
    private static String left(@Nullable Instant end, Instant now) {
        if (end == null) {
            return "-";
        }
        long seconds = Duration.between(now, end).toSeconds();
        if (seconds <= 0) {
            return "expired";
        }
        return seconds < 60 ? seconds + "s" : seconds < 3_600 * 2 ? seconds / 60 + "m" : age(now, end);
    }

    private static String dash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
