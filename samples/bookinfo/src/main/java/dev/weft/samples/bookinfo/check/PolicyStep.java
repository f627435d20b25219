package dev.weft.samples.bookinfo.check;

import static dev.weft.samples.bookinfo.check.Stage.ANYBODY;
import static dev.weft.samples.bookinfo.check.Stage.JASON;

import dev.weft.samples.bookinfo.check.Step.Finding;
import dev.weft.samples.bookinfo.launch.Scene;
import dev.weft.samples.bookinfo.launch.Trouble;
import dev.weft.samples.bookinfo.launch.Visit;
import dev.weft.samples.bookinfo.launch.Visitor;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Who may call whom: one caller is refused and another is not, and an edited file changes that while all runs. */
final class PolicyStep {
    /** A resource of the page for which it calls ratings itself, which is not its business. */
    private static final String RATINGS = "/api/v1/products/0/ratings";

    private static final String REVIEWS = "[cluster.local/ns/default/sa/reviews]";
    private static final String REVIEWS_AND_PAGE =
            "[cluster.local/ns/default/sa/reviews, cluster.local/ns/default/sa/productpage]";
    private static final String DENIED = "RBAC: access denied";
    private static final long PATIENCE_MILLIS = 5_000;

    private PolicyStep() {}

    static Finding run(Stage stage) throws Trouble, IOException {
        Finding finding = new Finding();
        Change.toAll(stage, Scene.JASON_V2, JASON, Counts.reviewsBy("reviews-v2"));
        Visitor.Text page = ratingsForThePage(stage);
        Visit visit = stage.visitor().visit(JASON);
        finding.count("pageAsksRatings", page.status())
                .count("starsByReviews", visit.drawn())
                .expect(denied(page), "ratings answered the page " + page + ", expected 403 " + DENIED)
                .expect(visit.drawn() == 9, "reviews got " + visit.drawn() + " stars, expected 9: " + visit.problem());
        String policies = stage.live().read(Scene.WHO_MAY_CALL);
        String wider = policies.replace(REVIEWS, REVIEWS_AND_PAGE);
        if (wider.equals(policies)) {
            throw new Trouble(Scene.WHO_MAY_CALL + " has no line with " + REVIEWS);
        }
        seen(finding, "allowedMillis", write(stage, wider, 200));
        seen(finding, "deniedMillis", write(stage, policies, 403));
        Change denied = Change.toAll(stage, Scene.DENIED, JASON, PolicyStep::withoutRatings);
        seen(finding, "starsGoneMillis", denied);
        List<Visit> others = stage.visits(20, ANYBODY);
        long whole = Counts.of(others, Visit::whole);
        seen(finding, "starsBackMillis", Change.toAll(stage, Scene.JASON_V2, JASON, one -> one.drawn() == 9));
        return finding.count("others", others.size())
                .count("othersWhole", whole)
                .expect(whole == others.size(), whole + " of " + others.size() + " of the others' pages were whole");
    }

    /** Until the page's own call to ratings is answered so. */
    private static Change write(Stage stage, String policies, int wanted) throws IOException {
        long begun = System.nanoTime();
        stage.live().write(Scene.WHO_MAY_CALL, policies.getBytes(StandardCharsets.UTF_8));
        int status = 0;
        long millis = 0;
        while (status != wanted && millis < PATIENCE_MILLIS) {
            status = ratingsForThePage(stage).status();
            millis = (System.nanoTime() - begun) / 1_000_000;
        }
        return new Change(status == wanted ? millis : -1, status == wanted && millis <= Change.LIMIT_MILLIS);
    }

    private static void seen(Finding finding, String name, Change change) {
        finding.count(name, change.millis())
                .expect(
                        change.seen(),
                        name + ": the change was seen after " + change.millis() + " ms, expected within "
                                + Change.LIMIT_MILLIS);
    }

    private static boolean withoutRatings(Visit visit) {
        return visit.status() == 200
                && visit.reviews().equals("reviews-v2")
                && visit.stars().equals("unavailable")
                && visit.problem().contains("403")
                && visit.problem().contains(DENIED);
    }

    private static boolean denied(Visitor.Text page) {
        return page.status() == 403 && page.body().contains(DENIED);
    }

    private static Visitor.Text ratingsForThePage(Stage stage) {
        URI uri = stage.bookinfo().page().resolve(RATINGS);
        return stage.visitor().get(uri);
    }
}
