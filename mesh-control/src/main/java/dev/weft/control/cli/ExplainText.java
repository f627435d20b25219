package dev.weft.control.cli;

import dev.weft.config.Printable;
import dev.weft.control.explain.Explained;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An explanation for people. */
public final class ExplainText {
    private final StringBuilder out = new StringBuilder();

    private ExplainText() {}

    /** Several lines, the last with its end. */
    public static String render(Explained told) {
        ExplainText text = new ExplainText();
        text.out.append(headline(told)).append('\n');
        text.row("virtual host", told.virtualHost());
        text.row("route", route(told.route()));
        text.rows(told);
        text.out.append("because\n");
        told.steps()
                .forEach(
                        step -> text.out.append("  ").append(Printable.of(step)).append('\n'));
        told.notes()
                .forEach(note ->
                        text.out.append("note: ").append(Printable.of(note)).append('\n'));
        told.problems()
                .forEach(problem -> text.out
                        .append("not served: ")
                        .append(Printable.of(problem))
                        .append('\n'));
        return text.out.toString();
    }

    private static String headline(Explained told) {
        if (told.decision().equals("answer")) {
            return "answered by the mesh: " + told.status() + (told.flags().isEmpty() ? "" : " " + told.flags()) + ", "
                    + told.action();
        }
        if (told.decision().equals("passThrough")) {
            return "not the mesh's business: the caller's own client goes where the URL points";
        }
        return told.clusters().stream()
                .map(choice -> Printable.of(choice.cluster()) + "  " + percent(choice.percent()) + ", "
                        + choice.endpoints() + (choice.endpoints() == 1 ? " endpoint" : " endpoints"))
                .collect(Collectors.joining("\n"));
    }

    private static @Nullable String route(Explained.@Nullable RouteShown route) {
        if (route == null) {
            return null;
        }
        String place = route.file() == null ? "" : " (" + route.file() + ":" + route.line() + ")";
        return "[" + route.index() + "]" + (route.name().isEmpty() ? "" : " " + route.name())
                + (route.resource() == null ? "" : ", " + route.resource()) + place;
    }

    private void rows(Explained told) {
        Explained.Upstream upstream = told.upstream();
        if (upstream != null) {
            row("request", upstream.method() + " " + upstream.path() + ", host " + upstream.host());
            upstream.headersSet().forEach((name, value) -> row("  set", name + ": " + value));
            upstream.headersRemoved().forEach(name -> row("  remove", name));
        }
        told.headers().response().set().forEach(field -> row("answer set", field));
        told.headers().response().remove().forEach(field -> row("answer remove", field));
        if (told.decision().equals("forward")) {
            row("timeout", milliseconds(told.timeouts().requestMillis()));
            row("retries", retries(told));
        }
        told.servers().forEach(server -> row("server", server(server)));
        told.mirrors().forEach(mirror -> row("mirror", mirror.cluster() + "  " + percent(mirror.percent())));
        Explained.FaultsShown faults = told.faults();
        if (faults != null) {
            row("fault", faults(faults));
        }
        told.responseHeaders().forEach((name, value) -> row("answer", name + ": " + value));
    }

    private static String server(Explained.ServerShown server) {
        String verdict = server.allowed()
                ? "allows it"
                : (server.status() == 0 ? "does not take the connection: " : "answers " + server.status() + ": ")
                        + server.reason();
        return server.service() + " (" + server.connection() + ") " + verdict
                + (server.authorizerAsked() ? ", if the authorizer does that is asked" : "");
    }

    private static String retries(Explained told) {
        Explained.RetriesShown retries = told.retries();
        if (retries == null) {
            return "none";
        }
        String codes = retries.statusCodes().isEmpty() ? "" : " " + retries.statusCodes();
        Long perTry = told.timeouts().perTryMillis();
        return "up to " + retries.attempts() + " on " + String.join(",", retries.retryOn()) + codes
                + (perTry == null ? "" : ", each within " + perTry + " ms");
    }

    private static String faults(Explained.FaultsShown faults) {
        String delay = faults.delayMillis() == null
                ? ""
                : "delay " + faults.delayMillis() + " ms for " + percent(faults.delayPercent());
        Object status = faults.abortStatus() != null ? faults.abortStatus() : faults.abortGrpcStatus();
        String abort = status == null ? "" : "abort " + status + " for " + percent(faults.abortPercent());
        return delay + (delay.isEmpty() || abort.isEmpty() ? "" : ", ") + abort;
    }

    private static String milliseconds(@Nullable Long millis) {
        return millis == null ? "none" : millis + " ms";
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f %%" : "%.2f %%", value);
    }

    private void row(String name, @Nullable String value) {
        if (value != null) {
            out.append(String.format("  %-14s%s%n", name, Printable.of(value)));
        }
    }
}
