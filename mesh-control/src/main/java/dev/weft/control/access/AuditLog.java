package dev.weft.control.access;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.identity.PrivateFiles;
import dev.weft.identity.SpiffeId;
import dev.weft.runtime.Ticker;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every request and what became of it, one JSON object a line, on the disk before the answer leaves. The file is opened for
 * each line, so that it may be moved away at any time. Values are bounded, and in the file everything but printable ASCII is
 * escaped: what a caller sends cannot forge a line or hide in one.
 *
 * <p>A flood of refusals costs no disk: of one host 200 at once and 10 a second are written, the rest is counted and the number
 * stands in the next line; likewise 1000 at once and 50 a second of all together. What is granted is always written.
 */
public final class AuditLog {
    private static final int MAX_VALUE = 512;

    private final Path file;
    private final Ticker ticker;
    private final RateLimit refusals;
    /** One bucket for all: who has many addresses has no more of our disk. */
    private final RateLimit allRefusals;

    /** Guarded by this: refusals since the last line that were not written. */
    private long omitted;

    public AuditLog(Path file, Ticker ticker) {
        this.file = file;
        this.ticker = ticker;
        this.refusals = new RateLimit(200, Duration.ofMillis(100), ticker);
        this.allRefusals = new RateLimit(1_000, Duration.ofMillis(20), ticker);
    }

    /**
     * What is known of a request when it is decided; each part may be missing.
     *
     * @param source address and port of the other side
     * @param method kind of the credential
     * @param identity that it proved
     */
    public record Request(
            String source,
            @Nullable String method,
            @Nullable SpiffeId identity) {
        private String host() {
            int end = source.indexOf(' ');
            return end < 0 ? source : source.substring(0, end);
        }
    }

    /**
     * Something was granted.
     *
     * @param what by name: {@code serial}, {@code expires}
     * @param notes what the request said and did not get
     * @throws IOException if it cannot be written; then it must not be granted
     */
    public void granted(Request request, Map<String, String> what, List<String> notes) throws IOException {
        JsonObject line = begin("granted", request);
        what.forEach((name, value) -> line.addProperty(name, bounded(value)));
        if (!notes.isEmpty()) {
            JsonArray array = new JsonArray();
            notes.forEach(note -> array.add(bounded(note)));
            line.add("notes", array);
        }
        write(line);
    }

    /** Something was refused. */
    public void refused(Request request, RefusedException why) throws IOException {
        if (!refusals.tryTake(request.host()) || !allRefusals.tryTake("")) {
            synchronized (this) {
                omitted++;
            }
            return;
        }
        JsonObject line = begin("refused", request);
        line.addProperty("reason", why.reason().name().toLowerCase(Locale.ROOT));
        line.addProperty("detail", bounded(String.valueOf(why.getMessage())));
        write(line);
    }

    /**
     * The newest lines, oldest first.
     *
     * @param count so many at most
     * @param refusedOnly whether grants are passed over
     */
    public List<String> last(int count, boolean refusedOnly) throws IOException {
        Deque<String> kept = new ArrayDeque<>();
        if (Files.exists(file)) {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!refusedOnly || line.contains("\"outcome\":\"refused\"")) {
                        kept.addLast(line);
                        if (kept.size() > count) {
                            kept.removeFirst();
                        }
                    }
                }
            }
        }
        return List.copyOf(kept);
    }

    private JsonObject begin(String outcome, Request request) {
        JsonObject line = new JsonObject();
        line.addProperty("time", Instant.ofEpochMilli(ticker.epochMillis()).toString());
        line.addProperty("outcome", outcome);
        line.addProperty("source", bounded(request.source()));
        if (request.method() != null) {
            line.addProperty("credential", request.method());
        }
        if (request.identity() != null) {
            line.addProperty("identity", request.identity().toString());
        }
        return line;
    }

    private static String bounded(String value) {
        return value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE) + "...";
    }

    private synchronized void write(JsonObject line) throws IOException {
        if (omitted > 0) {
            line.addProperty("omitted", omitted);
        }
        PrivateFiles.append(file, ascii(line.toString()) + "\n");
        omitted = 0;
    }

    /** JSON has an escape for every UTF-16 unit; outside strings Gson writes ASCII only. */
    private static String ascii(String json) {
        StringBuilder text = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                text.append(c);
            } else {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return text.toString();
    }
}
