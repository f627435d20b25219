package dev.weft.control.ca;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.weft.identity.PrivateFiles;
import dev.weft.identity.SpiffeId;
import dev.weft.runtime.Ticker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Every request and what became of it, one JSON object a line, on the disk before the answer leaves. The file is opened for
 * each line, so that it may be moved away at any time. Values are bounded, and in the file everything but printable ASCII is
 * escaped: what a caller sends cannot forge a line or hide in one.
 */
public final class AuditLog {
    private static final int MAX_VALUE = 512;

    private final Path file;
    private final Ticker ticker;

    public AuditLog(Path file, Ticker ticker) {
        this.file = file;
        this.ticker = ticker;
    }

    /** What is known of a request when it is decided; each part may be missing. */
    record Request(
            String source,
            @Nullable String method,
            @Nullable SpiffeId identity) {}

    void granted(Request request, IssuedCertificate issued) throws IOException {
        JsonObject line = begin("granted", request);
        line.addProperty("serial", issued.serial());
        line.addProperty("expires", issued.expires().toString());
        notes(line, issued.notes());
        write(line);
    }

    void refused(Request request, RefusedException why) throws IOException {
        JsonObject line = begin("refused", request);
        line.addProperty("reason", why.reason().name().toLowerCase(Locale.ROOT));
        line.addProperty("detail", bounded(String.valueOf(why.getMessage())));
        write(line);
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

    private static void notes(JsonObject line, List<String> notes) {
        if (!notes.isEmpty()) {
            JsonArray array = new JsonArray();
            notes.forEach(note -> array.add(bounded(note)));
            line.add("notes", array);
        }
    }

    private static String bounded(String value) {
        return value.length() <= MAX_VALUE ? value : value.substring(0, MAX_VALUE) + "...";
    }

    private synchronized void write(JsonObject line) throws IOException {
        PrivateFiles.append(file, ascii(line.toString()) + "\n");
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
