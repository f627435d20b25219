package dev.weft.samples.bookinfo.check;

import static dev.weft.samples.bookinfo.check.Counts.reviewsBy;
import static dev.weft.samples.bookinfo.check.Stage.ANYBODY;
import static dev.weft.samples.bookinfo.check.Stage.JASON;

import dev.weft.samples.bookinfo.check.Step.Finding;
import dev.weft.samples.bookinfo.launch.Scene;
import dev.weft.samples.bookinfo.launch.Visit;
import java.io.IOException;
import java.util.List;

/** Routes: each scene is played by changing files, and judged by the page. */
final class SceneSteps {
    private static final int SPLIT_REQUESTS = 2_000;
    private static final double SPLIT_TOLERANCE = 5;

    private SceneSteps() {}

    /** The mesh starts with everybody on v1, so something else has to be there first. */
    static Finding allV1(Stage stage) throws IOException, InterruptedException {
        Finding finding = new Finding();
        Change.toSome(stage, Scene.EVERY_VERSION, ANYBODY, reviewsBy("reviews-v3"));
        Change.toAll(stage, Scene.ALL_V1, ANYBODY, reviewsBy("reviews-v1")).into(finding);
        List<Visit> visits = Load.of(stage.visitor(), 200);
        long v1 = Counts.of(visits, reviewsBy("reviews-v1").and(visit -> visit.drawn() == 0));
        return finding.count("requests", visits.size())
                .count("v1", v1)
                .expect(v1 == visits.size(), v1 + " of " + visits.size() + " pages came from v1 without stars");
    }

    static Finding split(Stage stage) throws IOException, InterruptedException {
        Finding finding = new Finding();
        Change.toSome(stage, Scene.SPLIT, ANYBODY, reviewsBy("reviews-v3")).into(finding);
        List<Visit> visits = Load.of(stage.visitor(), SPLIT_REQUESTS);
        long v1 = Counts.of(visits, reviewsBy("reviews-v1").and(visit -> visit.drawn() == 0));
        long v3 = Counts.of(visits, reviewsBy("reviews-v3").and(SceneSteps::nineRedStars));
        double share = Counts.percent(v3, visits.size());
        return finding.count("requests", visits.size())
                .count("v1", v1)
                .count("v3", v3)
                .expect(v1 + v3 == visits.size(), "v1 and v3 are " + (v1 + v3) + " of " + visits.size())
                .expect(
                        Math.abs(share - 50) <= SPLIT_TOLERANCE,
                        "v3 has " + share + " %, expected 50 within " + SPLIT_TOLERANCE);
    }

    static Finding jason(Stage stage) throws IOException {
        Finding finding = new Finding();
        Change.toAll(stage, Scene.JASON_V2, JASON, reviewsBy("reviews-v2")).into(finding);
        List<Visit> his = stage.visits(50, JASON);
        List<Visit> others = stage.visits(50, ANYBODY);
        long v2 = Counts.of(
                his, reviewsBy("reviews-v2").and(visit -> visit.stars().equals("black")));
        long v1 = Counts.of(others, reviewsBy("reviews-v1"));
        return finding.count("jason", his.size())
                .count("jasonV2", v2)
                .count("others", others.size())
                .count("othersV1", v1)
                .expect(v2 == his.size(), "jason saw v2 on " + v2 + " of " + his.size() + " pages")
                .expect(v1 == others.size(), "others saw v1 on " + v1 + " of " + others.size() + " pages");
    }

    /** Reviewer1 gives five and Reviewer2 four. */
    private static boolean nineRedStars(Visit visit) {
        return visit.stars().equals("red") && visit.drawn() == 9;
    }
}
