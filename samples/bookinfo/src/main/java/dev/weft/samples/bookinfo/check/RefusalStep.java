package dev.weft.samples.bookinfo.check;

import static dev.weft.samples.bookinfo.check.Stage.ANYBODY;

import dev.weft.samples.bookinfo.check.Step.Finding;
import dev.weft.samples.bookinfo.launch.Patience;
import dev.weft.samples.bookinfo.launch.Scene;
import dev.weft.samples.bookinfo.launch.Visit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A broken file is refused by name, line and field, and traffic does not move. */
final class RefusalStep {
    /** The seventh line is wrong. */
    private static final String BROKEN = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews}
            spec:
              hosts: [reviews]
              http:
              - timeout: soon
                route:
                - destination: {host: reviews, subset: v2}
            """;

    private RefusalStep() {}

    static Finding run(Stage stage) throws IOException {
        Finding finding = new Finding();
        Change.toAll(stage, Scene.ALL_V1, ANYBODY, Counts.reviewsBy("reviews-v1"));
        stage.live().write("reviews.yaml", BROKEN.getBytes(StandardCharsets.UTF_8));
        Optional<String> complaint = complaint(stage);
        Patience patience = new Patience(3_000);
        while (complaint.isEmpty() && patience.pause()) {
            complaint = complaint(stage);
        }
        List<Visit> visits = stage.visits(50, ANYBODY);
        long v1 = Counts.of(visits, Counts.reviewsBy("reviews-v1"));
        return finding.note("complaint", complaint.orElse(""))
                .count("requests", visits.size())
                .count("v1", v1)
                .expect(complaint.isPresent(), "mesh-control did not complain of reviews.yaml, line 7, field timeout")
                .expect(v1 == visits.size(), v1 + " of " + visits.size() + " pages came from v1 as before");
    }

    private static Optional<String> complaint(Stage stage) {
        return stage.bookinfo().control().complaints().stream()
                .filter(line -> line.contains("reviews.yaml:7") && line.contains("timeout"))
                .findFirst();
    }
}
