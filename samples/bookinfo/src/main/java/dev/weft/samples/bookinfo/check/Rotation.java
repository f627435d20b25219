package dev.weft.samples.bookinfo.check;

import com.google.gson.JsonObject;
import dev.weft.samples.bookinfo.check.Step.Finding;
import dev.weft.samples.bookinfo.launch.Bookinfo;
import dev.weft.samples.bookinfo.launch.Patience;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every process gets another certificate while somebody looks at the page without a pause. Begun before the scenes, which take about as
 * long as that, and judged after them.
 */
final class Rotation {
    /** A certificate lives a minute here and is renewed at half of that. */
    private static final long PATIENCE_MILLIS = 45_000;

    private final Map<String, String> before = new TreeMap<>();
    private final Map<String, String> renewed = new TreeMap<>();
    private @Nullable Load visits;
    private long begun;

    /** Notes which certificates there are, and begins to look. */
    Finding begin(Stage stage) throws IOException {
        begun = System.nanoTime();
        before.putAll(certificates(stage));
        visits = Load.ofOne(stage.visitor());
        long known = before.values().stream().filter(one -> !one.isEmpty()).count();
        return new Finding()
                .count("processes", before.size())
                .count("certificates", known)
                .expect(known == before.size(), known + " of " + before.size() + " processes have a certificate");
    }

    Finding judge(Stage stage) throws IOException, InterruptedException {
        Load watched = Objects.requireNonNull(visits, "not begun");
        Patience patience = new Patience(PATIENCE_MILLIS);
        note(stage);
        while (renewed.size() < before.size() && patience.pause()) {
            note(stage);
        }
        Finding finding =
                new Finding().count("renewed", renewed.size()).count("millis", (System.nanoTime() - begun) / 1_000_000);
        return Counts.noneFailed(finding, watched.end())
                .expect(
                        renewed.keySet().equals(before.keySet()),
                        "new certificates have " + renewed.keySet() + ", expected " + before.keySet());
    }

    private void note(Stage stage) throws IOException {
        Map<String, String> now = certificates(stage);
        before.forEach((instance, certificate) -> {
            if (!certificate.equals(now.get(instance))) {
                renewed.put(instance, certificate);
            }
        });
    }

    /** By instance, what is another with each certificate: the serial number that it shows, or of the page, which shows none, the end. */
    private static Map<String, String> certificates(Stage stage) throws IOException {
        Map<String, String> certificates = new TreeMap<>();
        for (String instance : MutualTlsStep.inside(stage)) {
            int port = stage.bookinfo().port(instance).orElseThrow();
            certificates.put(
                    instance,
                    Knock.withoutCertificate(port, stage.bookinfo().roots()).serial());
        }
        JsonObject mesh = stage.mesh().orElse(new JsonObject());
        certificates.put(
                Bookinfo.FRONT,
                mesh.has("certificateExpires") ? mesh.get("certificateExpires").getAsString() : "");
        return certificates;
    }
}
