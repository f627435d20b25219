package dev.weft.samples.bookinfo.check;

import static dev.weft.samples.bookinfo.check.Stage.JASON;

import dev.weft.samples.bookinfo.check.Step.Finding;
import dev.weft.samples.bookinfo.launch.Bookinfo;
import dev.weft.samples.bookinfo.launch.Scene;
import dev.weft.samples.bookinfo.launch.Visit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Who calls, proved by certificates. */
final class MutualTlsStep {
    private static final String DOMAIN = "spiffe://cluster.local/ns/default/sa/";

    private MutualTlsStep() {}

    /** What each service read in its caller's certificate, and how each port treats those who have none. */
    static Finding run(Stage stage) throws IOException {
        Finding finding = new Finding();
        Change.toAll(stage, Scene.JASON_V2, JASON, Counts.reviewsBy("reviews-v2"));
        Visit visit = stage.visitor().visit(JASON);
        Map<String, String> expected = Map.of(
                "details", DOMAIN + "productpage", "reviews", DOMAIN + "productpage", "ratings", DOMAIN + "reviews");
        finding.note("callers", callers(visit))
                .expect(
                        visit.callers().equals(expected),
                        "the services took their callers for " + visit.callers() + ", expected " + expected);
        List<String> closed = new ArrayList<>();
        for (String instance : inside(stage)) {
            int port = stage.bookinfo().port(instance).orElseThrow();
            Knock.Reaction plain = Knock.inPlaintext(port);
            Knock.Reaction bare =
                    Knock.withoutCertificate(port, stage.bookinfo().roots());
            String service = instance.substring(0, instance.lastIndexOf('-'));
            finding.expect(!plain.isHttp(), instance + " answered plaintext: " + plain.answer())
                    .expect(!bare.isHttp(), instance + " answered a caller without certificate: " + bare.answer())
                    .expect(
                            bare.identity().equals(DOMAIN + service),
                            instance + " shows the certificate of " + bare.identity() + ", expected " + DOMAIN
                                    + service);
            if (!plain.isHttp() && !bare.isHttp()) {
                closed.add(instance);
            }
        }
        return finding.note("closedToStrangers", String.join(" ", closed));
    }

    /** All but the one for browsers. */
    static List<String> inside(Stage stage) {
        return stage.bookinfo().instances().stream()
                .filter(instance -> !instance.equals(Bookinfo.FRONT))
                .toList();
    }

    private static String callers(Visit visit) {
        List<String> words = new ArrayList<>();
        visit.callers().forEach((called, caller) -> words.add(called + " by " + caller));
        return String.join(", ", words);
    }
}
