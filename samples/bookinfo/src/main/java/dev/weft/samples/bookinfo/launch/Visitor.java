package dev.weft.samples.bookinfo.launch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at the page, with no mesh on this side. May be used by many threads. */
public final class Visitor {
    /** Longer than the slowest scene. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();

    private final Supplier<URI> page;

    /** @param page asked for at each visit: a restart may move it */
    public Visitor(Supplier<URI> page) {
        this.page = page;
    }

    /** A visit that asks not to be traced. */
    public Visit visit(Optional<String> user) {
        return visit(user, Traceparent.untraced());
    }

    /** Never throws: a failed visit is a {@link Visit} too. */
    public Visit visit(Optional<String> user, Traceparent trace) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(page.get()).timeout(PATIENCE).header("traceparent", trace.header());
        user.ifPresent(name -> request.header("cookie", "bookinfo-user=" + name));
        long started = System.nanoTime();
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return Visit.of(response.statusCode(), response.body(), started, System.nanoTime());
        } catch (IOException e) {
            return Visit.failed("page: " + e, started, System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Visit.failed("interrupted", started, System.nanoTime());
        }
    }

    /** Any other resource of the page's service. */
    public Text get(URI uri) {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Text(response.statusCode(), response.body());
        } catch (IOException e) {
            return new Text(0, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Text(0, "interrupted");
        }
    }

    /**
     * An answer.
     *
     * @param status HTTP status; 0 if there was none
     * @param body text, or why there was none
     */
    public record Text(int status, String body) {}
}
